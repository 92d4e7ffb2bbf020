import * as z from "zod";
import { alertSchema } from "@/lib/alerts/alert";
import { callSchema } from "@/lib/calls/call";
import { lineSchema, partialSchema, sourceLineSchema } from "@/lib/calls/line";
import { markSchema, toolCallSchema } from "@/lib/calls/parts";
import { recordingSchema, reportSchema } from "@/lib/calls/report";
import { operatorActionSchema } from "@/lib/control/action";

/** The shared context of all events of one conversation, as the call page shows it. */
const conversationSchema = z.object({
  uuid: z.uuid(),
  name: z.string().nullable(),
  context: z.record(z.string(), z.unknown()),
  version: z.number().int(),
});

/** The context as the call left it, if it has changed since. */
const leftContextSchema = conversationSchema.pick({ context: true, version: true });

/** From when the caller was left waiting until the assistant spoke again; Vapi's warnings fall within it. */
const hangEpisodeSchema = z.object({
  /** Since when the caller waited: the end of the last speech before the first warning. The alert starts here too. */
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
  /** What was said, merged from all sources. */
  lines: z.array(lineSchema),
  /** Lines as each source brought them, for merging new ones; empty once the call is over. */
  heard: z.array(sourceLineSchema),
  partials: z.array(partialSchema),
  marks: z.array(markSchema),
  /** Oldest first. */
  hangs: z.array(hangEpisodeSchema),
  toolCalls: z.array(toolCallSchema),
  /** What people did during the call, oldest first. */
  operatorActions: z.array(operatorActionSchema),
  /** Newest first. */
  alerts: z.array(alertSchema),
  report: reportSchema.nullable(),
  recording: recordingSchema,
  /** Null while the call is live, and while the conversation's context is unchanged. */
  contextAtEnd: leftContextSchema.nullable(),
});

export type CallDetail = z.infer<typeof callDetailSchema>;
export type HangEpisode = z.infer<typeof hangEpisodeSchema>;
export type Conversation = z.infer<typeof conversationSchema>;
