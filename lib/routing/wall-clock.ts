export interface WallClock {
  /** ISO: 1 is Monday, 7 is Sunday. */
  weekday: number;
  /** Since midnight, as a clock on the wall shows it. */
  minutes: number;
}

/** Making one takes longer than asking it a hundred times. */
const formats = new Map<string, Intl.DateTimeFormat>();
const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** What a clock on a wall in `zone` shows, summer time and all. @throws RangeError when there is no such zone */
export function wallClock(at: Date, zone: string): WallClock {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return {
    weekday: weekdays.indexOf(parts.get("weekday") ?? "") + 1,
    minutes: Number(parts.get("hour")) * 60 + Number(parts.get("minute")),
  };
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  formats.set(zone, format);
  return format;
}
