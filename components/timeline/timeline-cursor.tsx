import { axisTop } from "@/components/timeline/lanes";
import { percent } from "@/components/timeline/percent";
import type { Span } from "@/lib/calls/call";
import { formatDuration } from "@/lib/format";

interface TimelineCursorProps {
  /** Epoch ms. */
  at: number;
  span: Span;
}

/** The moment somebody points at or has chosen. */
export function TimelineCursor({ at, span }: TimelineCursorProps) {
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
        {formatDuration(at - span.from)}
      </text>
    </g>
  );
}
