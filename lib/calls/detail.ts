import * as z from "zod";
import { alertSchema } from "@/lib/alerts/alert";
import { callSchema } from "@/lib/calls/call";
import { heardLineSchema, lineSchema, partialSchema } from "@/lib/calls/line";
import { markSchema, toolCallSchema } from "@/lib/calls/parts";
import { recordingSchema, reportSchema } from "@/lib/calls/report";
import { operatorActionSchema } from "@/lib/control/action";

/** The shared context of all events of one conversation, as the call page shows it. */
export const conversationSchema = z.object({
  uuid: z.uuid(),
  name: z.string().nullable(),
  context: z.record(z.string(), z.unknown()),
  version: z.number().int(),
});

/** The context as the call left it, where it is another by now. */
const leftContextSchema = conversationSchema.pick({ context: true, version: true });

/** From when the caller was left waiting until the assistant spoke again; Vapi's warnings are points in it. */
const hangEpisodeSchema = z.object({
  /** Since when the caller waited: the end of the last speech before the first warning. The alert has the same. */
  startedAt: z.iso.datetime(),
  /** When Vapi first warned. */
  warnedAt: z.iso.datetime(),
  /** Null while it lasts. */
  stoppedAt: z.iso.datetime().nullable(),
  warnings: z.number().int(),
});

/** Everything one call page needs, in one answer. */
export const callDetailSchema = z.object({
  call: callSchema,
  conversation: conversationSchema,
  /** What was said, merged of all that every source brought. */
  lines: z.array(lineSchema),
  /** What each source brought, for merging what comes; empty once the call is over. */
  heard: z.array(heardLineSchema),
  partials: z.array(partialSchema),
  marks: z.array(markSchema),
  /** Oldest first. */
  hangs: z.array(hangEpisodeSchema),
  toolCalls: z.array(toolCallSchema),
  /** What people did on the call while it lived, oldest first. */
  operatorActions: z.array(operatorActionSchema),
  /** Newest first. */
  alerts: z.array(alertSchema),
  report: reportSchema.nullable(),
  recording: recordingSchema,
  /** Null while the call lives, and when the conversation's context is still the same. */
  contextAtEnd: leftContextSchema.nullable(),
});

export type CallDetail = z.infer<typeof callDetailSchema>;
export type HangEpisode = z.infer<typeof hangEpisodeSchema>;
export type Conversation = z.infer<typeof conversationSchema>;
