"use client";

import { type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";
import type { PlayerHandle } from "@/components/player/player";
import { callSpan, whenEnded } from "@/lib/calls/call";
import { toCallItems } from "@/lib/calls/call-items";
import type { CallDetail } from "@/lib/calls/detail";

/** Lets the rest of the page scroll the transcript. */
export interface TranscriptHandle {
  /** Scrolls an item to the middle. With `isGentle`, only if it is out of view, and without scrolling the page. */
  show: (itemId: string, isGentle: boolean) => void;
}

/**
 * State shared by a call's timeline, transcript and recording: the items, and the current moment, whether selected or
 * reached by playback.
 * @param startAt seconds from the call's start given by a link
 */
export function useCallView(detail: CallDetail, startAt: number | null = null) {
  const { call } = detail;
  /** Epoch ms. */
  const { from } = callSpan(call, 0);
  const [chosenAt, setChosenAt] = useState<number | null>(startAt === null ? null : from + startAt * 1_000);
  const player: RefObject<PlayerHandle | null> = useRef(null);
  const transcript: RefObject<TranscriptHandle | null> = useRef(null);
  const items = toCallItems(detail);
  const findItem = (at: number) => items.findLast((item) => Date.parse(item.at) <= at) ?? items[0];
  const showItem = (at: number, isGentle: boolean) => {
    const item = findItem(at);
    if (item) transcript.current?.show(item.id, isGentle);
  };

  function choose(at: number) {
    setChosenAt(at);
    player.current?.seek(Math.max(0, at - from) / 1_000);
  }

  /** Selects a moment (epoch ms) and scrolls to the item at that time. */
  function show(at: number) {
    choose(at);
    showItem(at, false);
  }

  /** Follows playback of the recording (seconds from its start). */
  function follow(seconds: number) {
    const at = from + seconds * 1_000;
    setChosenAt(at);
    if (chosenAt === null || findItem(at) !== findItem(chosenAt)) showItem(at, true);
  }

  const showStart = useEffectEvent(() => chosenAt !== null && showItem(chosenAt, true));
  useEffect(() => {
    showStart();
  }, []);

  return {
    items,
    isLive: whenEnded(call) === null,
    from,
    chosenAt,
    chosenId: chosenAt === null ? null : (findItem(chosenAt)?.id ?? null),
    choose,
    show,
    player,
    follow,
    transcript,
  };
}

export type CallView = ReturnType<typeof useCallView>;
