"use client";

import { type PointerEvent, useState } from "react";
import { height } from "@/components/timeline/lanes";
import { Playhead } from "@/components/timeline/playhead";
import { TimelineCursor } from "@/components/timeline/timeline-cursor";
import { type Drawn, TimelineDrawing } from "@/components/timeline/timeline-drawing";
import { useFollowEnd } from "@/components/timeline/use-follow-end";
import type { Span } from "@/lib/calls/call";
import { formatDuration } from "@/lib/format";

interface TimelineProps {
  drawn: Drawn;
  span: Span;
  isLive: boolean;
  /** Epoch ms of the chosen moment, null for none. */
  chosenAt: number | null;
  onChoose: (at: number) => void;
}

/** Narrower than this a turn can no longer be told from the next: long calls scroll instead. */
const leastPixelsPerSecond = 3;

/** The call in one picture: who spoke when, and everything that got in the way. Point, click, or use the arrow keys. */
export function Timeline({ drawn, span, isLive, chosenAt, onChoose }: TimelineProps) {
  const [pointedAt, setPointedAt] = useState<number | null>(null);
  const scroller = useFollowEnd(isLive, span.to);
  const seconds = (span.to - span.from) / 1_000;
  const cursor = pointedAt ?? chosenAt;
  const position = chosenAt ?? (isLive ? span.to : span.from);
  return (
    <div
      ref={scroller}
      className="overflow-x-auto overscroll-x-contain rounded-md has-focus-visible:outline-2 has-focus-visible:outline-accent"
    >
      <div className="relative" style={{ minWidth: seconds * leastPixelsPerSecond }}>
        <input
          type="range"
          aria-label="Position in the call"
          aria-valuetext={formatDuration(position - span.from)}
          min={0}
          max={Math.floor(seconds)}
          value={Math.round((position - span.from) / 1_000)}
          onChange={({ target }) => onChoose(span.from + target.valueAsNumber * 1_000)}
          className="pointer-events-none absolute inset-0 opacity-0"
        />
        <svg
          role="img"
          aria-label={summarize(drawn)}
          width="100%"
          height={height}
          className="block cursor-crosshair touch-pan-x select-none"
          onPointerMove={(event) => setPointedAt(timeAt(event, span))}
          onPointerLeave={() => setPointedAt(null)}
          onPointerUp={(event) => onChoose(timeAt(event, span))}
        >
          <TimelineDrawing drawn={drawn} span={span} />
          {isLive && <Playhead span={span} />}
          {cursor !== null && <TimelineCursor at={cursor} span={span} />}
        </svg>
      </div>
    </div>
  );
}

function timeAt({ clientX, currentTarget }: PointerEvent, span: Span): number {
  const { left, width } = currentTarget.getBoundingClientRect();
  return span.from + Math.min(1, Math.max(0, (clientX - left) / width)) * (span.to - span.from);
}

function summarize({ turns, hangs, toolCalls }: Drawn): string {
  const interrupted = turns.filter((turn) => turn.interrupted).length;
  return `Speech timeline: ${turns.length} turns, ${interrupted} interrupted, ${hangs.length} hangs, ${toolCalls.length} tool calls. The table below lists the turns.`;
}
