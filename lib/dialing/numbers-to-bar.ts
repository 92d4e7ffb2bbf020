import { z } from "zod";

/** What is put on the do-not-call list. */
export const numbersToBarSchema = z.object({
  numbers: z.array(z.string().trim().max(60)).min(1, "Type at least one number.").max(5_000),
});
