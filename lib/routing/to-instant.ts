/**
 * The moment at which a clock on a wall in `zone` shows a time. In the hour that comes twice, one of the two; in the
 * hour that summer time leaves out, one an hour beside it.
 * @param local like 2026-03-29T09:30
 * @throws RangeError when there is no such zone or time
 */
export function toInstant(local: string, zone: string): Date {
  const shown = Date.parse(`${local}:00Z`);
  // What the clock is ahead of UTC is asked near the answer, and once more where the first guess was across a change.
  const guess = shown - aheadMs(shown, zone);
  return new Date(shown - aheadMs(guess, zone));
}

function aheadMs(atMs: number, zone: string): number {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "medium",
  });
  return Date.parse(`${format.format(atMs).replace(" ", "T")}Z`) - Math.floor(atMs / 1_000) * 1_000;
}
