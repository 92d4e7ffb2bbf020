import { z } from "zod";
import { speakerSchema } from "@/lib/calls/speaker";

/** The last thing said on a call: a final line, or the partial that is newer than it. */
export const lastLineSchema = z.object({
  role: speakerSchema,
  text: z.string(),
  at: z.iso.datetime(),
  final: z.boolean(),
});

/**
 * One call as every page, script and push sees it. Times are ISO-8601 UTC strings.
 * `status` is Vapi's own word and an open string: it grows with their releases.
 */
export const callSchema = z.object({
  id: z.string(),
  conversationUuid: z.uuid(),
  status: z.string(),
  type: z.string().nullable(),
  direction: z.enum(["inbound", "outbound", "web"]).nullable(),
  assistantId: z.string().nullable(),
  assistantName: z.string().nullable(),
  assistantVersion: z.string().nullable(),
  customerNumber: z.string().nullable(),
  customerName: z.string().nullable(),
  phoneNumber: z.string().nullable(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  endedReason: z.string().nullable(),
  /** Whether it ended while its caller waited: in an open hang, or unanswered. */
  endedWaiting: z.boolean(),
  durationSeconds: z.number().nullable(),
  costUsd: z.number().nullable(),
  speaking: speakerSchema.nullable(),
  /** When the newest speech began or stopped: the silence clock starts here while nobody speaks. */
  lastSpeechAt: z.iso.datetime().nullable(),
  lastLine: lastLineSchema.nullable(),
  lastToolName: z.string().nullable(),
  /** Since when the open hang lasts; null when the assistant has spoken since, or the call is over. */
  hangingSince: z.iso.datetime().nullable(),
  openAlerts: z.number().int(),
  /** How often Vapi warned of a hang; of a call in the archive, how often its caller was left waiting. */
  hangs: z.number().int(),
  lastEventAt: z.iso.datetime(),
  /** +1 per recorded event; what a push is compared by. */
  version: z.number().int(),
});

export type Call = z.infer<typeof callSchema>;
export type LastLine = z.infer<typeof lastLineSchema>;
