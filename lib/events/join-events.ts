import type { EventEntry } from "@/lib/events/event-entry";

/** Two lists as one, each event once and as the second knows it, newest receipt first. */
export function joinEvents(
  known: readonly EventEntry[],
  fresh: readonly EventEntry[],
): readonly EventEntry[] {
  const byKey = new Map([...known, ...fresh].map((event) => [event.key, event]));
  return [...byKey.values()].sort(byReceipt);
}

/** As the server sorts: newest first, and by key within a millisecond. */
function byReceipt(a: EventEntry, b: EventEntry): number {
  if (a.receivedAt !== b.receivedAt) return a.receivedAt > b.receivedAt ? -1 : 1;
  return a.key < b.key ? -1 : 1;
}
