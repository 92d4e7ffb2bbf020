"use client";

import { useState } from "react";
import type { Span } from "@/lib/calls/call";

/** From this length on a call is shown a piece at a time: turns of a longer one can no longer be told apart. */
export const longMs = 10 * 60_000;
/** As much of a long call as is shown at first. */
const pieceMs = 4 * 60_000;
/** Nothing is to be seen any closer. */
const leastMs = 15_000;
/** How far into the window a moment is put that was outside. */
const leadShare = 0.15;
const zoomStep = 1.6;

/** Which part of a call a timeline shows: `from` (epoch ms), null for the newest part; null as length until somebody zooms. */
interface Piece {
  from: number | null;
  lengthMs: number | null;
}

/** What is seen of a call that goes from `whole.from` to `whole.to`; never more than there is. */
export function toWindow(whole: Span, { from, lengthMs }: Piece): Span {
  const longest = whole.to - whole.from;
  const length = Math.min(longest, Math.max(leastMs, lengthMs ?? (longest >= longMs ? pieceMs : longest)));
  const start = Math.min(whole.to - length, Math.max(whole.from, from ?? whole.to));
  return { from: start, to: start + length };
}

/** The window `factor` times as long, with the moment `at` (epoch ms) where it was on the screen. */
export function zoomWindow(whole: Span, window: Span, factor: number, at: number) {
  const longest = whole.to - whole.from;
  const lengthMs = Math.min(longest, Math.max(leastMs, (window.to - window.from) * factor));
  const share = (at - window.from) / (window.to - window.from);
  return { from: at - share * lengthMs, lengthMs };
}

export interface TimelineWindow {
  whole: Span;
  shown: Span;
  isWhole: boolean;
  /** Moves the window's start to a moment (epoch ms). A live call's is followed again once the end is reached. */
  moveTo: (from: number) => void;
  /** Below 1: closer. `at` (epoch ms) stays where it is; without it the middle does. */
  zoom: (factor: number, at?: number) => void;
  zoomIn: () => void;
  zoomOut: () => void;
}

/**
 * The part of a call that its timeline shows: all of a short one; of a long one a piece, which follows a live call's end and
 * the chosen moment (epoch ms) when that leaves it.
 */
export function useTimelineWindow(whole: Span, isLive: boolean, chosenAt: number | null): TimelineWindow {
  const [piece, setPiece] = useState<Piece>({ from: isLive ? null : whole.from, lengthMs: null });
  const [seenAt, setSeenAt] = useState<number | null>(null);
  const shown = toWindow(whole, piece);
  const length = shown.to - shown.from;

  const move = (from: number, lengthMs: number | null) =>
    setPiece({ from: isLive && from + (lengthMs ?? length) >= whole.to ? null : from, lengthMs });

  if (chosenAt !== seenAt) {
    setSeenAt(chosenAt);
    const isOutside = chosenAt !== null && (chosenAt < shown.from || chosenAt > shown.to);
    if (isOutside) move(chosenAt - leadShare * length, piece.lengthMs);
  }

  function zoom(factor: number, at = (shown.from + shown.to) / 2) {
    const next = zoomWindow(whole, shown, factor, at);
    move(next.from, next.lengthMs);
  }

  return {
    whole,
    shown,
    isWhole: length >= whole.to - whole.from,
    moveTo: (from) => move(Math.min(whole.to - length, Math.max(whole.from, from)), piece.lengthMs),
    zoom,
    zoomIn: () => zoom(1 / zoomStep),
    zoomOut: () => zoom(zoomStep),
  };
}
