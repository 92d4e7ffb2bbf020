import * as z from "zod";

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

/** Something an admin can set: its name in the database, its shape, and what holds until somebody has set it. */
export interface Setting<T> {
  name: string;
  schema: z.ZodType<T>;
  initial: T;
}

export function defineSetting<T>(name: string, schema: z.ZodType<T>, initial: T): Setting<T> {
  return { name, schema, initial };
}

/** A time on the clock: two of them compare like the times they name. */
export const timeOfDaySchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time of day is like 22:00.");

/** A time zone by its name, as Intl knows it. */
export const zoneSchema = z
  .string()
  .refine(isTimeZone, "This time zone is not known. Use a name like Europe/Berlin.");
