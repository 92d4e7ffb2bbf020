"use client";

import { useState } from "react";
import type { Span } from "@/lib/calls/call";

/** Longer calls are shown in part: their turns are too narrow to tell apart otherwise. */
export const longMs = 10 * 60_000;
/** Part of a long call shown at first. */
const pieceMs = 4 * 60_000;
/** Closest zoom: a shorter window shows nothing more. */
const leastMs = 15_000;
/** Where in the window a moment that was outside it is put. */
const leadShare = 0.15;
const zoomStep = 1.6;

/** The part of a call a timeline shows: `from` (epoch ms; null for the newest part) and its length (null until zoomed). */
interface Piece {
  from: number | null;
  lengthMs: number | null;
}

/** The visible window of a call that spans `whole`; never longer than the call. */
export function toWindow(whole: Span, { from, lengthMs }: Piece): Span {
  const longest = whole.to - whole.from;
  const length = Math.min(longest, Math.max(leastMs, lengthMs ?? (longest >= longMs ? pieceMs : longest)));
  const start = Math.min(whole.to - length, Math.max(whole.from, from ?? whole.to));
  return { from: start, to: start + length };
}

/** A window `factor` times as long, with the moment `at` (epoch ms) at the same place on screen. */
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
  /** Moves the window's start to a moment (epoch ms). At the end of a live call, the window follows it again. */
  moveTo: (from: number) => void;
  /** Below 1 zooms in. `at` (epoch ms) keeps its place; by default the middle does. */
  zoom: (factor: number, at?: number) => void;
  zoomIn: () => void;
  zoomOut: () => void;
}

/**
 * The part of a call its timeline shows: all of a short call, a part of a long one. The part follows the end of a live
 * call, and moves to the selected moment (epoch ms) if that lies outside.
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
