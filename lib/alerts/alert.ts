import { z } from "zod";
import { actsSchema } from "@/lib/alerts/alert-acts";
import { episodeSchema } from "@/lib/alerts/episode";
import { callSchema } from "@/lib/calls/call";

/** One alert as pages, scripts and pushes see it: what happened, and what people did about it. */
export const alertSchema = episodeSchema.extend({
  id: z.string(),
  callId: z.string(),
  /** The call's version this was derived from: of two, the greater is the newer. */
  callVersion: z.number().int(),
  /** As much of the call as it takes to say which one. */
  call: callSchema.pick({
    customerName: true,
    customerNumber: true,
    direction: true,
    assistantId: true,
    assistantName: true,
    endedReason: true,
  }),
  acts: actsSchema,
});

export type Alert = z.infer<typeof alertSchema>;
