"use client";

import { useState } from "react";
import type { CallDetail } from "@/lib/calls/call-detail";
import { callSpan } from "@/lib/calls/call-span";
import { toMoments } from "@/lib/calls/to-moments";
import { toTranscript } from "@/lib/calls/to-transcript";
import { whenEnded } from "@/lib/calls/when-ended";

/** What timeline and transcript of one call share: the items, and the moment somebody has chosen in either. */
export function useCallView({ call, lines, partials, toolCalls, marks }: CallDetail) {
  const [chosenAt, setChosenAt] = useState<number | null>(null);
  const items = toTranscript(lines, partials, toMoments(toolCalls, marks));
  const findItem = (at: number) => items.findLast((item) => Date.parse(item.at) <= at) ?? items[0];

  /** Chooses a moment (epoch ms) and brings what was said then into view. */
  function show(at: number) {
    setChosenAt(at);
    const item = findItem(at);
    if (item) document.getElementById(`item-${item.id}`)?.scrollIntoView({ block: "center" });
  }

  return {
    items,
    isLive: whenEnded(call) === null,
    /** Epoch ms. */
    from: callSpan(call, 0).from,
    chosenAt,
    chosenId: chosenAt === null ? null : (findItem(chosenAt)?.id ?? null),
    choose: setChosenAt,
    show,
  };
}
