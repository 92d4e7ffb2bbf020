import { z } from "zod";
import { callSchema } from "@/lib/calls/call";

/** A page of calls. */
export const callListSchema = z.object({
  calls: z.array(callSchema),
  /** Where the next page starts; null on the last. */
  nextCursor: z.string().nullable(),
});

export type CallList = z.infer<typeof callListSchema>;
