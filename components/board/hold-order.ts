import type { Call } from "@/lib/calls/call";

/**
 * Calls in the order they were held in, those that came since at the end: nothing moves under a pointer.
 * `isMoved`: letting go would change the order.
 */
export function holdOrder(
  sorted: readonly Call[],
  held: readonly string[] | null,
): { calls: readonly Call[]; isMoved: boolean } {
  if (!held) return { calls: sorted, isMoved: false };
  const place = new Map(held.map((id, index) => [id, index]));
  const calls = sorted.toSorted(
    (a, b) => (place.get(a.id) ?? held.length) - (place.get(b.id) ?? held.length),
  );
  return { calls, isMoved: calls.some((call, index) => call !== sorted[index]) };
}
