import * as z from "zod";

/** A number of the do-not-call list, as far as the list knows it. */
export const barredNumberSchema = z.object({
  id: z.string(),
  /** `•••03` */
  hint: z.string(),
  addedBy: z.string(),
  addedAt: z.iso.datetime(),
});

export type BlockedNumber = z.infer<typeof barredNumberSchema>;

/** What is put on the do-not-call list. */
export const numbersToBarSchema = z.object({
  numbers: z.array(z.string().trim().max(60)).min(1, "Enter at least one number.").max(5_000),
});
