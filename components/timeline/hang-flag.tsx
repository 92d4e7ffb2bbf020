import { axisTop } from "@/components/timeline/lanes";
import { percent } from "@/components/timeline/percent";
import type { Span } from "@/lib/calls/call";
import type { HangEpisode } from "@/lib/calls/turns";

interface HangFlagProps {
  hang: HangEpisode;
  span: Span;
  /** Epoch ms: the end of a hang that goes on. */
  now: number;
}

/** A hang: a shade from the first warning until the assistant spoke again, under a warning sign. */
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
