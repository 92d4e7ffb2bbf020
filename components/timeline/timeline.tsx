"use client";

import { type PointerEvent, type RefObject, useLayoutEffect, useRef, useState } from "react";
import { useNow } from "@/components/clock/use-now";
import { Playhead, TimelineCursor } from "@/components/timeline/axis";
import { type Drawn, TimelineDrawing } from "@/components/timeline/drawing";
import { height } from "@/components/timeline/scale";
import { TurnTable } from "@/components/timeline/turn-table";
import { callerWord, callSpan, type Span, whenEnded } from "@/lib/calls/call";
import type { CallDetail } from "@/lib/calls/detail";
import type { MarkKind } from "@/lib/calls/parts";
import { dropToldTwice } from "@/lib/calls/transcript";
import { callHangs, toSilences, toTurns } from "@/lib/calls/turns";
import { formatDuration } from "@/lib/format";

/** Pixels from the end that still count as being there. */
const nearPx = 48;

/** For a sideways scroller that grows to the right: stays at its end while `isLive`, unless somebody scrolled back. */
export function useFollowEnd(isLive: boolean, end: number): RefObject<HTMLDivElement | null> {
  const scroller = useRef<HTMLDivElement>(null);
  const widthBefore = useRef<number | null>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || !isLive || end === 0) return;
    const { scrollLeft, clientWidth, scrollWidth } = element;
    const wasAtEnd = widthBefore.current === null || scrollLeft + clientWidth >= widthBefore.current - nearPx;
    widthBefore.current = scrollWidth;
    if (wasAtEnd) element.scrollLeft = scrollWidth;
  }, [isLive, end]);
  return scroller;
}

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

/** A live timeline grows by this much at a time, so that its bars rest in between. */
const stepMs = 30_000;

/** What a timeline covers: the whole call, and while it lives some room for what comes next. */
export function timelineSpan({ from, to }: Span, isLive: boolean): Span {
  const length = Math.max(to - from, 1_000);
  return { from, to: from + (isLive ? Math.ceil((length + 1) / stepMs) * stepMs : length) };
}

interface LiveTimelineProps {
  detail: CallDetail;
  chosenAt: number | null;
  onChoose: (at: number) => void;
}

const flagged: readonly MarkKind[] = [
  "transfer",
  "transfer-refused",
  "language",
  "assistant-started",
  "hang-up-asked",
  "forward-asked",
];

/** A call's timeline. Live or stored, it is drawn from the same marks by the same functions. */
export function LiveTimeline({ detail, chosenAt, onChoose }: LiveTimelineProps) {
  const { call, marks, toolCalls } = detail;
  const endedAt = whenEnded(call);
  const span = timelineSpan(callSpan(call, useNow()), endedAt === null);
  const turns = toTurns(marks, endedAt);
  // While it lives, the silence that goes on is told by the clock in the head; those that are over are drawn here.
  const until = endedAt ?? turns.at(-1)?.startedAt ?? call.createdAt;
  const drawn = {
    turns,
    silences: call.startedAt ? toSilences(turns, call.startedAt, until) : [],
    hangs: callHangs(call, marks),
    toolCalls,
    flags: dropToldTwice(marks).filter(({ kind }) => flagged.includes(kind)),
  };
  return (
    <section aria-label="Speech timeline" className="grid gap-1">
      <Timeline drawn={drawn} span={span} isLive={endedAt === null} chosenAt={chosenAt} onChoose={onChoose} />
      <TurnTable turns={turns} span={span} caller={callerWord(call)} />
    </section>
  );
}
