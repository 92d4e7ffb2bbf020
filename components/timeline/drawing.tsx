"use client";

import { useSilenceLevels } from "@/components/calls/use-silence-levels";
import { useNow } from "@/components/clock/clock";
import { TimelineAxis } from "@/components/timeline/axis";
import { ActionFlag, EventFlag, HangFlag, OpenHangFlag, ToolTick } from "@/components/timeline/flags";
import { barHeight, isSeen, laneTop, percent } from "@/components/timeline/scale";
import { LaneWaveform, type Waveform } from "@/components/timeline/waveform";
import { classNames } from "@/components/ui/class-names";
import type { Span } from "@/lib/calls/call";
import type { HangEpisode } from "@/lib/calls/detail";
import type { Mark, ToolCall, Turn } from "@/lib/calls/parts";
import { silenceLevel } from "@/lib/calls/state";
import type { Silence } from "@/lib/calls/turns";
import type { OperatorAction } from "@/lib/control/action";
import { formatSeconds } from "@/lib/format";

interface TurnBarProps {
  turn: Turn;
  span: Span;
  /** Epoch ms: the end of an ongoing turn. */
  now: number;
  /** Whether the lane shows the recording's waveform; the bar is then only its background. */
  isGround: boolean;
}

const fills = { user: "fill-caller", assistant: "fill-assistant" } as const;

/** One turn in its lane. An interrupted turn ends in a stroke across the lane. */
export function TurnBar({ turn, span, now, isGround }: TurnBarProps) {
  const y = laneTop[turn.role];
  const [from, to] = [Date.parse(turn.startedAt), turn.stoppedAt ? Date.parse(turn.stoppedAt) : now];
  const [x, end] = [percent(span, from), percent(span, to)];
  return (
    <g>
      <rect
        x={x}
        y={y}
        width={`${Math.max(0.12, Number.parseFloat(end) - Number.parseFloat(x))}%`}
        height={barHeight}
        rx={3}
        className={fills[turn.role]}
        opacity={isGround ? 0.22 : undefined}
      />
      {turn.interrupted && (
        <line x1={end} x2={end} y1={y - 4} y2={y + barHeight + 4} className="stroke-ink" strokeWidth={2} />
      )}
    </g>
  );
}

/** The ongoing turn, which grows with the clock. */
export function OpenTurnBar(props: Omit<TurnBarProps, "now">) {
  return <TurnBar {...props} now={useNow()} />;
}

const texts = { calm: "fill-muted", waiting: "fill-waiting", long: "fill-hang" } as const;
const strokes = { calm: "stroke-faint", waiting: "stroke-waiting", long: "stroke-hang" } as const;
/** Where a label of 30 px fits into this share of the timeline's width; null if nowhere. */
function labelClass(share: number): string | null {
  if (share < 0.035) return null;
  if (share < 0.05) return "@max-4xl:hidden";
  return share < 0.09 ? "@max-2xl:hidden" : "";
}

/** A silence: a line between the lanes, with its length if there is room. */
export function SilenceGap({ silence, span }: { silence: Silence; span: Span }) {
  const y = (laneTop.user + barHeight + laneTop.assistant) / 2;
  const from = Math.max(span.from, Date.parse(silence.startedAt));
  const to = Math.min(span.to, Date.parse(silence.stoppedAt));
  const level = silenceLevel(silence.ms, useSilenceLevels());
  const label = labelClass((to - from) / (span.to - span.from));
  return (
    <g>
      <line
        x1={percent(span, from)}
        x2={percent(span, to)}
        y1={y}
        y2={y}
        strokeDasharray="2 3"
        className={strokes[level]}
      />
      {label !== null && (
        <text
          x={percent(span, (from + to) / 2)}
          y={y - 6}
          textAnchor="middle"
          className={classNames(texts[level], "text-[11px]", label)}
        >
          {formatSeconds(silence.ms)}
        </text>
      )}
    </g>
  );
}

/** Everything drawn of a call. */
export interface Drawn {
  turns: readonly Turn[];
  silences: readonly Silence[];
  hangs: readonly HangEpisode[];
  toolCalls: readonly ToolCall[];
  flags: readonly Mark[];
  /** Operators' actions on the call. */
  actions: readonly OperatorAction[];
}

interface TimelineDrawingProps {
  drawn: Drawn;
  /** The visible part of the call. */
  span: Span;
  /** Epoch ms of the call's start. */
  start: number;
  waveform: Waveform | null;
}

/** The part of a timeline that is static until the call changes; for a long call, only what is visible. */
export function TimelineDrawing({ drawn, span, start, waveform }: TimelineDrawingProps) {
  const touches = (startedAt: string, stoppedAt: string | null) =>
    isSeen(span, Date.parse(startedAt), stoppedAt === null ? span.to : Date.parse(stoppedAt));
  const isGround = waveform !== null;
  return (
    <>
      {drawn.hangs
        .filter((hang) => touches(hang.startedAt, hang.stoppedAt))
        .map((hang) =>
          hang.stoppedAt === null ? (
            <OpenHangFlag key={hang.warnedAt} hang={hang} span={span} />
          ) : (
            <HangFlag key={hang.warnedAt} hang={hang} span={span} now={span.to} />
          ),
        )}
      <TimelineAxis span={span} start={start} />
      {drawn.turns
        .filter((turn) => touches(turn.startedAt, turn.stoppedAt))
        .map((turn) =>
          turn.stoppedAt === null ? (
            <OpenTurnBar key={turn.role + turn.startedAt} turn={turn} span={span} isGround={isGround} />
          ) : (
            <TurnBar
              key={turn.role + turn.startedAt}
              turn={turn}
              span={span}
              now={span.to}
              isGround={isGround}
            />
          ),
        )}
      {waveform && <LaneWaveform waveform={waveform} span={span} start={start} />}
      {drawn.silences
        .filter((silence) => touches(silence.startedAt, silence.stoppedAt))
        .map((silence) => (
          <SilenceGap key={silence.startedAt} silence={silence} span={span} />
        ))}
      {drawn.toolCalls
        .filter((toolCall) => touches(toolCall.askedAt, toolCall.answeredAt))
        .map((toolCall) => (
          <ToolTick key={toolCall.id} toolCall={toolCall} span={span} />
        ))}
      {drawn.flags
        .filter((mark) => touches(mark.at, mark.at))
        .map((mark) => (
          <EventFlag key={mark.id} mark={mark} span={span} />
        ))}
      {drawn.actions
        .filter(({ at }) => touches(at, at))
        .map((action) => (
          <ActionFlag key={action.id} action={action} span={span} />
        ))}
    </>
  );
}
