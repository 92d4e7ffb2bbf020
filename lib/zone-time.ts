import { Temporal } from "temporal-polyfill";

/*
 * Date and time in a time zone, including daylight saving time. Called only on the server, so that browsers need not
 * load Temporal; what they need is in lib/zones.ts.
 */

export interface WallClock {
  /** ISO: 1 is Monday, 7 is Sunday. */
  weekday: number;
  /** Minutes since midnight in local time. */
  minutes: number;
  /** The same as "22:05"; strings in this format sort chronologically. */
  time: string;
}

/** Returns the local time in `zone`. @throws RangeError when there is no such zone */
export function wallClock(at: Date, zone: string): WallClock {
  const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
  return {
    weekday: local.dayOfWeek,
    minutes: local.hour * 60 + local.minute,
    time: local.toPlainTime().toString({ smallestUnit: "minute" }),
  };
}

/**
 * Returns the instant of a local time in `zone`: the first one in the hour that occurs twice, and shifted forward in
 * the hour skipped by daylight saving time.
 * @param local like 2026-03-29T09:30
 * @throws RangeError when there is no such zone or time
 */
export function toInstant(local: string, zone: string): Date {
  return new Date(Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds);
}

/** Returns when a day ("2026-10-25") begins in a zone: at midnight, or later where midnight is skipped. */
export function toDayStart(day: string, zone: string): Date {
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds);
}
