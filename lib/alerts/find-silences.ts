import type { Stretch } from "@/lib/alerts/to-stretches";
import type { Speaker } from "@/lib/calls/speaker";

/** A stretch of a call in which nobody could be heard. Epoch ms. */
export interface Silence {
  since: number;
  until: number;
  /** Who spoke last; null when nobody has yet. */
  after: Speaker | null;
  /** False for the one that lasts until the call's end, or now. */
  isBroken: boolean;
}

/**
 * Silences between stretches (ascending), from the call's start (ISO) to `horizon` (epoch ms). After the caller was
 * handed over there is none until somebody is heard again: who speaks elsewhere is not told to us.
 */
export function findSilences(
  stretches: readonly Stretch[],
  startedAt: string | null,
  horizon: number,
): Silence[] {
  const silences: Silence[] = [];
  let since = startedAt === null ? null : Date.parse(startedAt);
  let after: Speaker | null = null;
  let isHandedOver = false;
  for (const { from, to, role } of stretches) {
    if (since !== null && from > since && !isHandedOver)
      silences.push({ since, until: from, after, isBroken: true });
    isHandedOver = role === "transfer";
    if (since !== null && to < since) continue;
    since = to;
    if (role !== "transfer") after = role;
  }
  if (since !== null && horizon > since && !isHandedOver) {
    silences.push({ since, until: horizon, after, isBroken: false });
  }
  return silences;
}
