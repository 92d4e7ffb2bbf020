import * as z from "zod";

/*
 * Time zones as forms, URLs and charts need them, with nothing but what a browser has. Moments by the clock of a zone are
 * lib/zone-time.ts's, for the server.
 */

/**
 * Whether this is a time zone by name: "Europe/Berlin". Offsets are none, though some browsers take them: Postgres reads their signs
 * the other way round.
 */
export function isTimeZone(zone: string): boolean {
  if (!/^[a-z]/i.test(zone)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}

/** A time zone by its name, as Intl knows it. */
export const zoneSchema = z
  .string()
  .max(100)
  .refine(isTimeZone, "Unknown time zone. Use a name such as Europe/Berlin.");

/** A time on the clock: two of them compare like the times they name. */
export const timeOfDaySchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time of day is like 22:00.");

/** The zone of whoever looks at this browser. */
export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The day it is in a zone at a moment (epoch ms), like "2026-08-31". */
export function dayOf(at: number, zone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(at);
}

/** The day so many days after another (before, where they are less than none), as "2026-08-31". */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
