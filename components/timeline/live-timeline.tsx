"use client";

import { useNow } from "@/components/clock/use-now";
import { Timeline } from "@/components/timeline/timeline";
import { timelineSpan } from "@/components/timeline/timeline-span";
import { TurnTable } from "@/components/timeline/turn-table";
import { callSpan, whenEnded } from "@/lib/calls/call";
import type { CallDetail } from "@/lib/calls/detail";
import type { MarkKind } from "@/lib/calls/parts";
import { dropToldTwice } from "@/lib/calls/transcript";
import { toHangEpisodes, toSilences, toTurns } from "@/lib/calls/turns";

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
    hangs: toHangEpisodes(marks, turns, endedAt, call.startedAt),
    toolCalls,
    flags: dropToldTwice(marks).filter(({ kind }) => flagged.includes(kind)),
  };
  return (
    <section aria-label="Speech timeline" className="grid gap-1">
      <Timeline drawn={drawn} span={span} isLive={endedAt === null} chosenAt={chosenAt} onChoose={onChoose} />
      <TurnTable turns={turns} span={span} />
    </section>
  );
}
