import { z } from "zod";

/** A time zone by its name, as Intl knows it. */
export const zoneSchema = z
  .string()
  .refine(isZone, "This time zone is not known. Use a name like Europe/Berlin.");

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
