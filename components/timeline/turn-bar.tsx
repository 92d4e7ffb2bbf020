import { barHeight, laneTop } from "@/components/timeline/lanes";
import { percent } from "@/components/timeline/percent";
import type { Span } from "@/lib/calls/call";
import type { Turn } from "@/lib/calls/parts";

interface TurnBarProps {
  turn: Turn;
  span: Span;
  /** Epoch ms: the end of a turn that goes on. */
  now: number;
}

const fills = { user: "fill-caller", assistant: "fill-assistant" } as const;

/** One turn in its lane. A turn that was cut off ends in a stroke across. */
export function TurnBar({ turn, span, now }: TurnBarProps) {
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
      />
      {turn.interrupted && (
        <line x1={end} x2={end} y1={y - 4} y2={y + barHeight + 4} className="stroke-ink" strokeWidth={2} />
      )}
    </g>
  );
}
