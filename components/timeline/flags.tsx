"use client";

import { useNow } from "@/components/clock/clock";
import { axisTop, barHeight, laneTop, percent, toolTop } from "@/components/timeline/scale";
import type { Span } from "@/lib/calls/call";
import type { HangEpisode } from "@/lib/calls/detail";
import type { Mark, ToolCall } from "@/lib/calls/parts";
import { describeMark } from "@/lib/calls/transcript";
import type { OperatorAction } from "@/lib/control/action";
import { describeAction } from "@/lib/control/describe";

/** A flag with a label: a transfer, or a change of assistant or language. */
export function EventFlag({ mark, span }: { mark: Mark; span: Span }) {
  const at = Date.parse(mark.at);
  const isLate = at - span.from > (span.to - span.from) * 0.8;
  const x = percent(span, at);
  return (
    <g>
      <line x1={x} x2={x} y1={2} y2={axisTop - 4} className="stroke-line-strong" strokeDasharray="1 2" />
      <text
        x={x}
        y={11}
        dx={isLate ? -5 : 5}
        textAnchor={isLate ? "end" : "start"}
        className="fill-muted text-[11px]"
      >
        {describeMark(mark)}
      </text>
    </g>
  );
}

/** An operator's action: a stroke across both lanes with a dot between them, and the full text on hover. */
export function ActionFlag({ action, span }: { action: OperatorAction; span: Span }) {
  const x = percent(span, Date.parse(action.at));
  const hasFailed = action.outcome === "failed";
  const y = (laneTop.user + barHeight + laneTop.assistant) / 2;
  return (
    <g>
      <title>{describeAction(action)}</title>
      <line
        x1={x}
        x2={x}
        y1={14}
        y2={axisTop - 4}
        className={hasFailed ? "stroke-faint" : "stroke-accent"}
        strokeWidth={1.5}
        strokeDasharray={hasFailed ? "2 2" : undefined}
      />
      <circle cx={x} cy={y} r={4} className={hasFailed ? "fill-faint" : "fill-accent"} />
    </g>
  );
}

interface HangFlagProps {
  hang: HangEpisode;
  span: Span;
  /** Epoch ms: the end of an ongoing hang. */
  now: number;
}

/** A hang: shaded from the first warning until the assistant spoke again, below a warning sign. */
export function HangFlag({ hang, span, now }: HangFlagProps) {
  const x = percent(span, Date.parse(hang.startedAt));
  const end = percent(span, hang.stoppedAt ? Date.parse(hang.stoppedAt) : now);
  return (
    <g>
      <rect
        x={x}
        y={6}
        width={`${Math.max(0.15, Number.parseFloat(end) - Number.parseFloat(x))}%`}
        height={axisTop - 10}
        className="fill-hang-soft"
      />
      <line x1={x} x2={x} y1={6} y2={axisTop - 4} className="stroke-hang" strokeWidth={1.5} />
      <svg x={x} y={0} overflow="visible" aria-hidden="true">
        <path d="M0 1 l6 11 h-12 z" className="fill-hang" />
      </svg>
    </g>
  );
}

/** The ongoing hang, which grows with the clock. */
export function OpenHangFlag({ hang, span }: { hang: HangEpisode; span: Span }) {
  return <HangFlag hang={hang} span={span} now={useNow()} />;
}

/** A tool call: a diamond at the request, and a line as long as the response took. */
export function ToolTick({ toolCall, span }: { toolCall: ToolCall; span: Span }) {
  const x = percent(span, Date.parse(toolCall.askedAt));
  const end = toolCall.answeredAt ? percent(span, Date.parse(toolCall.answeredAt)) : x;
  const tone = toolCall.error === null ? "fill-ink" : "fill-danger";
  return (
    <g>
      <line x1={x} x2={end} y1={toolTop} y2={toolTop} className="stroke-faint" strokeWidth={3} />
      <svg x={x} y={toolTop} overflow="visible" aria-hidden="true">
        <path d="M0 -4.5 4.5 0 0 4.5 -4.5 0z" className={tone} />
      </svg>
    </g>
  );
}
