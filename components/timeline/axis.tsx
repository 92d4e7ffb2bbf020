"use client";

import { useNow } from "@/components/clock/use-now";
import { axisTop, barHeight, height, laneTop, percent } from "@/components/timeline/scale";
import type { Span } from "@/lib/calls/call";
import { formatDuration } from "@/lib/format";

const steps = [5, 10, 15, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600].map((seconds) => seconds * 1_000);
const mostTicks = 8;

/** Round moments for the axis of a timeline of `lengthMs`, in ms from its start, about eight: as many as a narrow panel has room for. */
export function axisTicks(lengthMs: number): number[] {
  const step = steps.find((each) => lengthMs / each <= mostTicks) ?? Math.ceil(lengthMs / mostTicks);
  return Array.from({ length: Math.floor(lengthMs / step) + 1 }, (_, index) => index * step);
}

/** Now, on a live timeline. */
export function Playhead({ span }: { span: Span }) {
  const x = percent(span, useNow());
  return <line x1={x} x2={x} y1={12} y2={axisTop} className="stroke-line-strong" strokeWidth={1.5} />;
}

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
