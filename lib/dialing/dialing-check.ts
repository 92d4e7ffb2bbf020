import { z } from "zod";

/** A number somebody asks about, and when it would be dialled: now where nothing is said. */
export const dialingCheckSchema = z.object({
  number: z.string().trim().min(1, "Type a number.").max(40),
  at: z.iso.datetime({ offset: true }).optional(),
});
