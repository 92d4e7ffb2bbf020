"use client";

import { type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";
import type { PlayerHandle } from "@/components/player/player";
import { callSpan, whenEnded } from "@/lib/calls/call";
import type { CallDetail } from "@/lib/calls/detail";
import { toMoments, toTranscript } from "@/lib/calls/transcript";

/** Scrolls what scrolls an element, and nothing else, until it is seen; not at all when it is. */
export function keepInView(element: HTMLElement | null): void {
  const scroller = element?.closest("section");
  if (!element || !scroller) return;
  const [inner, outer] = [element.getBoundingClientRect(), scroller.getBoundingClientRect()];
  if (inner.top >= outer.top && inner.bottom <= outer.bottom) return;
  scroller.scrollTop += inner.top - outer.top - outer.height / 3;
}

/**
 * What timeline, transcript and recording of one call share: the items, and the moment somebody has chosen in any of them, or
 * has come to by listening.
 * @param startAt seconds from the call's start that a link led to
 */
export function useCallView(
  { call, lines, partials, toolCalls, marks }: CallDetail,
  startAt: number | null = null,
) {
  /** Epoch ms. */
  const { from } = callSpan(call, 0);
  const [chosenAt, setChosenAt] = useState<number | null>(startAt === null ? null : from + startAt * 1_000);
  const player: RefObject<PlayerHandle | null> = useRef(null);
  const items = toTranscript(lines, partials, toMoments(toolCalls, marks));
  const findItem = (at: number) => items.findLast((item) => Date.parse(item.at) <= at) ?? items[0];
  const elementAt = (at: number) => document.getElementById(`item-${findItem(at)?.id}`);

  function choose(at: number) {
    setChosenAt(at);
    player.current?.seek(Math.max(0, at - from) / 1_000);
  }

  /** Chooses a moment (epoch ms) and brings what was said then into view. */
  function show(at: number) {
    choose(at);
    elementAt(at)?.scrollIntoView({ block: "center" });
  }

  /** The recording has come here (seconds from its start). */
  function follow(seconds: number) {
    const at = from + seconds * 1_000;
    setChosenAt(at);
    if (chosenAt === null || findItem(at) !== findItem(chosenAt)) keepInView(elementAt(at));
  }

  const showStart = useEffectEvent(() => chosenAt !== null && keepInView(elementAt(chosenAt)));
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
  };
}
