/** How long a step may be and still be called by its hour. */
const hourMs = 90 * 60_000;

/** A step of the chart by the clock of its zone: "Mon 31 Aug", or "14:00". */
export function stepLabel({ from, until }: { from: string; until: string }, zone: string): string {
  const isHour = Date.parse(until) - Date.parse(from) < hourMs;
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    ...(isHour
      ? { weekday: "short", hour: "2-digit", minute: "2-digit" }
      : { weekday: "short", day: "numeric", month: "short" }),
  }).format(new Date(from));
}
