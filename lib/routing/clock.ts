import type { TimeWindow } from "@/lib/routing/routing";

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

/**
 * Whether a clock shows a time inside a window. Over midnight, the early hours belong to the day before: Friday 22:00
 * to 06:00 ends on Saturday morning. The hour that summer time leaves out is never shown; the one that comes twice
 * counts twice.
 */
export function isWithin({ weekday, minutes }: WallClock, window: TimeWindow): boolean {
  const from = toMinutes(window.from);
  const to = toMinutes(window.to);
  const isOpen = (day: number) => window.weekdays.includes(day);
  if (from === to) return isOpen(weekday);
  if (from < to) return isOpen(weekday) && minutes >= from && minutes < to;
  if (minutes >= from) return isOpen(weekday);
  return minutes < to && isOpen(weekday === 1 ? 7 : weekday - 1);
}

function toMinutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

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
