import * as z from "zod";

/*
 * Time zones for forms, URLs and charts, using only what browsers provide. Server code that computes times in a zone is
 * in lib/zone-time.ts.
 */

/**
 * Whether this is a named time zone such as "Europe/Berlin". Offsets are rejected although some browsers accept them,
 * because PostgreSQL reads their sign the other way round.
 */
export function isTimeZone(zone: string): boolean {
  if (!/^[a-z]/i.test(zone)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}

/** A time zone name that Intl knows. */
export const zoneSchema = z
  .string()
  .max(100)
  .refine(isTimeZone, "Unknown time zone. Use a name such as Europe/Berlin.");

/** A day whose bounds, in any zone, JavaScript and PostgreSQL write in the same way. */
export const daySchema = z.iso
  .date("must be a day like 2026-08-31")
  .refine((day) => day >= "1970" && day < "9999", "must be between 1970 and 9998");

/** A time of day; strings in this format sort chronologically. */
export const timeOfDaySchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time of day is like 22:00.");

/** Returns the time zone of this browser. */
export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Returns the date in a zone at a time (epoch ms), like "2026-08-31". */
export function dayOf(at: number, zone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(at);
}

/** Returns the local time in a zone at a time (epoch ms), like "2026-08-31T09:30". */
export function localTimeOf(at: number, zone: string): string {
  const time = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeStyle: "short" }).format(at);
  return `${dayOf(at, zone)}T${time}`;
}

/** Returns the day that many days after another (before it, if negative), like "2026-08-31". */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
