import * as z from "zod";

/** An entry of the do-not-call list, which does not store the number itself. */
export const blockedNumberSchema = z.object({
  id: z.string(),
  /** `•••03` */
  hint: z.string(),
  addedBy: z.string(),
  addedAt: z.iso.datetime(),
});

export type BlockedNumber = z.infer<typeof blockedNumberSchema>;

/** Numbers to add to the do-not-call list. */
export const numbersToBlockSchema = z.object({
  numbers: z.array(z.string().trim().max(60)).min(1, "Enter at least one number.").max(5_000),
});
