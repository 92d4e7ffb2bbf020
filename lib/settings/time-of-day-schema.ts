import { z } from "zod";

/** A time on the clock: two of them compare like the times they name. */
export const timeOfDaySchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time of day is like 22:00.");
