"use client";

import { useNow } from "@/components/clock/use-now";
import { Timeline } from "@/components/timeline/timeline";
import { timelineSpan } from "@/components/timeline/timeline-span";
import { TurnTable } from "@/components/timeline/turn-table";
import type { CallDetail } from "@/lib/calls/call-detail";
import { callSpan } from "@/lib/calls/call-span";
import { dropToldTwice } from "@/lib/calls/drop-told-twice";
import type { MarkKind } from "@/lib/calls/mark";
import { toHangEpisodes } from "@/lib/calls/to-hang-episodes";
import { toSilences } from "@/lib/calls/to-silences";
import { toTurns } from "@/lib/calls/to-turns";
import { whenEnded } from "@/lib/calls/when-ended";

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
