import { axisTicks } from "@/components/timeline/axis-ticks";
import { axisTop, barHeight, height, laneTop } from "@/components/timeline/lanes";
import { percent } from "@/components/timeline/percent";
import type { Span } from "@/lib/calls/call";
import { formatDuration } from "@/lib/format";

/** The lanes' ground and the time below them. */
export function TimelineAxis({ span }: { span: Span }) {
  const length = span.to - span.from;
  return (
    <g>
      {Object.entries(laneTop).map(([role, y]) => (
        <rect key={role} x={0} y={y} width="100%" height={barHeight} rx={3} className="fill-hover" />
      ))}
      {axisTicks(length).map((ms) => (
        <g key={ms}>
          <line
            x1={percent(span, span.from + ms)}
            x2={percent(span, span.from + ms)}
            y1={axisTop - 4}
            y2={axisTop}
            className="stroke-line-strong"
          />
          <text
            x={percent(span, span.from + ms)}
            y={height - 10}
            textAnchor={ms === 0 ? "start" : ms === length ? "end" : "middle"}
            className="fill-muted text-[11px]"
          >
            {formatDuration(ms)}
          </text>
        </g>
      ))}
    </g>
  );
}
