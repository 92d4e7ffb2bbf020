"use client";

import { useSilenceLevels } from "@/components/calls/use-silence-levels";
import { barHeight, laneTop } from "@/components/timeline/lanes";
import { percent } from "@/components/timeline/percent";
import type { Span } from "@/lib/calls/call";
import { silenceLevel } from "@/lib/calls/state";
import type { Silence } from "@/lib/calls/turns";
import { formatSeconds } from "@/lib/format";

const texts = { calm: "fill-muted", waiting: "fill-waiting", long: "fill-hang" } as const;
const strokes = { calm: "stroke-faint", waiting: "stroke-waiting", long: "stroke-hang" } as const;
/** Of the timeline's width: what a label needs at least. */
const labelShare = 0.028;

/** A stretch in which nobody spoke: a line between the lanes, with its length where there is room. */
export function SilenceGap({ silence, span }: { silence: Silence; span: Span }) {
  const y = (laneTop.user + barHeight + laneTop.assistant) / 2;
  const [from, to] = [Date.parse(silence.startedAt), Date.parse(silence.stoppedAt)];
  const level = silenceLevel(silence.ms, useSilenceLevels());
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
      {silence.ms / (span.to - span.from) > labelShare && (
        <text
          x={percent(span, (from + to) / 2)}
          y={y - 6}
          textAnchor="middle"
          className={`${texts[level]} text-[11px]`}
        >
          {formatSeconds(silence.ms)}
        </text>
      )}
    </g>
  );
}
