"use client";

import { useNow } from "@/components/clock/clock";
import { axisTop, barHeight, height, isSeen, laneTop, percent } from "@/components/timeline/scale";
import type { Span } from "@/lib/calls/call";
import { formatDuration } from "@/lib/format";

const steps = [5, 10, 15, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600].map((seconds) => seconds * 1_000);
const mostTicks = 8;

/** Returns round moments from `fromMs` to `toMs`, in ms from the call's start; about eight, which fit a narrow panel. */
export function axisTicks(fromMs: number, toMs: number): number[] {
  const length = toMs - fromMs;
  const step = steps.find((each) => length / each <= mostTicks) ?? Math.ceil(length / mostTicks);
  const first = Math.ceil(fromMs / step);
  return Array.from({ length: Math.floor(toMs / step) - first + 1 }, (_, index) => (first + index) * step);
}

/** Marks the current moment on a live timeline. */
export function Playhead({ span }: { span: Span }) {
  const now = useNow();
  const x = percent(span, now);
  return (
    isSeen(span, now, now) && (
      <line x1={x} x2={x} y1={10} y2={axisTop} className="stroke-line-strong" strokeWidth={1.5} />
    )
  );
}

interface TimelineAxisProps {
  span: Span;
  /** Epoch ms of the call's start. */
  start: number;
}

/** Background of the lanes and the time axis below. */
export function TimelineAxis({ span, start }: TimelineAxisProps) {
  return (
    <g>
      {Object.entries(laneTop).map(([role, y]) => (
        <rect key={role} x={0} y={y} width="100%" height={barHeight} rx={3} className="fill-hover" />
      ))}
      {axisTicks(span.from - start, span.to - start).map((ms) => (
        <g key={ms}>
          <line
            x1={percent(span, start + ms)}
            x2={percent(span, start + ms)}
            y1={axisTop - 4}
            y2={axisTop}
            className="stroke-line-strong"
          />
          <text
            x={percent(span, start + ms)}
            y={height - 8}
            textAnchor={labelAnchor(span, start + ms)}
            className="fill-muted text-[11px]"
          >
            {formatDuration(ms)}
          </text>
        </g>
      ))}
    </g>
  );
}

/** Anchors a label near an edge so that it stays inside. */
function labelAnchor({ from, to }: Span, at: number): "start" | "middle" | "end" {
  const share = (at - from) / (to - from);
  if (share < 0.015) return "start";
  return share > 0.985 ? "end" : "middle";
}

interface TimelineCursorProps extends TimelineAxisProps {
  /** Epoch ms. */
  at: number;
}

/** Marks the moment under the pointer or the selected one. */
export function TimelineCursor({ at, span, start }: TimelineCursorProps) {
  if (!isSeen(span, at, at)) return null;
  const x = percent(span, at);
  const isLate = at - span.from > (span.to - span.from) / 2;
  return (
    <g className="pointer-events-none">
      <line x1={x} x2={x} y1={0} y2={axisTop} className="stroke-accent" strokeWidth={1.5} />
      <text
        x={x}
        y={axisTop - 2}
        dx={isLate ? -5 : 5}
        textAnchor={isLate ? "end" : "start"}
        className="fill-accent font-medium text-[11px]"
      >
        {formatDuration(at - start)}
      </text>
    </g>
  );
}
