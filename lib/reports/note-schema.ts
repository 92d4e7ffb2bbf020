import { z } from "zod";

/** A note on a call. */
export const noteSchema = z.object({
  text: z
    .string()
    .trim()
    .min(1)
    .max(2_000)
    .regex(/^[^\0]*$/, "A NUL is no text."),
});
