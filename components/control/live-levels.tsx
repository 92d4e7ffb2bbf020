"use client";

import { barHeight, isSeen, laneTop, percent } from "@/components/timeline/scale";
import type { Span } from "@/lib/calls/call";
import { useTrail } from "@/lib/control/client/listening";

/** Ms per bar. */
const strokeMs = 250;

/** Volume of each voice while this browser tab listened, drawn in its lane up to the live edge. */
export function LiveLevels({ callId, span }: { callId: string; span: Span }) {
  const trail = useTrail(callId);
  const strokes = new Map<number, [number, number]>();
  for (const { at, levels } of trail) {
    const start = Math.floor(at / strokeMs) * strokeMs;
    const [caller, assistant] = strokes.get(start) ?? [0, 0];
    strokes.set(start, [Math.max(caller, levels[0]), Math.max(assistant, levels[1])]);
  }
  return (
    <g className="stroke-ink" strokeWidth={1.5} strokeLinecap="round">
      {[...strokes].flatMap(([at, levels]) =>
        isSeen(span, at, at)
          ? [laneTop.user, laneTop.assistant].map((top, voice) => {
              const half = (Math.min(1, levels[voice] ?? 0) * (barHeight - 4)) / 2;
              const middle = top + barHeight / 2;
              const x = percent(span, at);
              return half < 0.5 ? null : (
                <line key={`${top} ${at}`} x1={x} x2={x} y1={middle - half} y2={middle + half} />
              );
            })
          : [],
      )}
    </g>
  );
}
