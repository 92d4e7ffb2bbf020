import { z } from "zod";
import { isZone } from "@/lib/is-zone";

/** A time zone by its name, as Intl knows it. */
export const zoneSchema = z
  .string()
  .refine(isZone, "This time zone is not known. Use a name like Europe/Berlin.");
