import type { EventEntry } from "@/lib/events/event";

/**
 * Of all known events those to show while the list is held: what was there, and what is older still (the reader may
 * go on down). Nothing comes in above or between what is being looked at. `waiting`: how many were left out.
 */
export function holdEvents(
  all: readonly EventEntry[],
  held: ReadonlySet<string> | null,
): { events: readonly EventEntry[]; waiting: number } {
  if (!held) return { events: all, waiting: 0 };
  const lastHeld = all.findLastIndex(({ key }) => held.has(key));
  const events = all.filter(({ key }, index) => held.has(key) || index > lastHeld);
  return { events, waiting: all.length - events.length };
}
