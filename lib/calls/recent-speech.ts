import type { Call } from "@/lib/calls/call";
import type { Turn } from "@/lib/calls/parts";

/** How much of a call's speech the board shows. */
export const recentSpeechMs = 90_000;

/** A stretch of speech by one voice; `to` is null while it goes on. */
type SpeechSpan = NonNullable<Call["recentSpeech"]>[number];

/** The turns of a call in the form that the board draws. */
export function toRecentSpeech(turns: readonly Turn[]): SpeechSpan[] {
  return turns.map(({ role, startedAt, stoppedAt }) => ({ role, from: startedAt, to: stoppedAt }));
}

/**
 * Carries the older call's speech over to the newer call and adds the latest change: a push gives the current speaker and
 * since when, but not who spoke before. A lost push leaves a gap until the next fetch. Spans too old for the board are dropped.
 */
export function followSpeech(known: Call | undefined, newer: Call): Call {
  const spans = known?.recentSpeech ?? [];
  const at = newer.lastSpeechAt;
  const hasChanged = at !== null && (newer.speaking !== known?.speaking || at !== known?.lastSpeechAt);
  if (!hasChanged) return { ...newer, recentSpeech: spans };
  const later = (from: string) => (from < at ? at : from);
  const next = spans.map((span) =>
    span.to === null && span.role !== newer.speaking ? { ...span, to: later(span.from) } : span,
  );
  const isOngoing = next.some(({ to }) => to === null);
  if (newer.speaking !== null && !isOngoing) next.push({ role: newer.speaking, from: at, to: null });
  const horizon = Date.parse(newer.lastEventAt) - recentSpeechMs;
  return { ...newer, recentSpeech: next.filter(({ to }) => to === null || Date.parse(to) > horizon) };
}
