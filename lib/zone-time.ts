import { Temporal } from "temporal-polyfill";

/*
 * Moments by the clock of a zone, summer time and all. Only code that runs on the server calls it, so that browsers need not
 * load Temporal; what they need is in lib/zones.ts.
 */

export interface WallClock {
  /** ISO: 1 is Monday, 7 is Sunday. */
  weekday: number;
  /** Since midnight, as a clock on the wall shows it. */
  minutes: number;
  /** The same as "22:05": two of them compare like the times they name. */
  time: string;
}

/** What a clock on a wall in `zone` shows. @throws RangeError when there is no such zone */
export function wallClock(at: Date, zone: string): WallClock {
  const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
  return {
    weekday: local.dayOfWeek,
    minutes: local.hour * 60 + local.minute,
    time: local.toPlainTime().toString({ smallestUnit: "minute" }),
  };
}

/**
 * The moment at which a clock on a wall in `zone` shows a time: in the hour that comes twice the first, in the hour that
 * summer time leaves out the one right after it.
 * @param local like 2026-03-29T09:30
 * @throws RangeError when there is no such zone or time
 */
export function toInstant(local: string, zone: string): Date {
  return new Date(Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds);
}

/** When a day ("2026-10-25") begins in a zone: its first moment, be that midnight or, where that is skipped, later. */
export function toDayStart(day: string, zone: string): Date {
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds);
}
