import { z } from "zod";
import { alertSchema } from "@/lib/alerts/alert";
import { callSchema } from "@/lib/calls/call";
import { lineSchema, partialSchema } from "@/lib/calls/line";
import { markSchema } from "@/lib/calls/mark";
import { recordingSchema } from "@/lib/calls/recording";
import { reportSchema } from "@/lib/calls/report";
import { toolCallSchema } from "@/lib/calls/tool-call";

/** The shared context of all events of one conversation, as the call page shows it. */
export const conversationSchema = z.object({
  uuid: z.uuid(),
  name: z.string().nullable(),
  context: z.record(z.string(), z.unknown()),
  version: z.number().int(),
});

/** Everything one call page needs, in one answer. */
export const callDetailSchema = z.object({
  call: callSchema,
  conversation: conversationSchema,
  lines: z.array(lineSchema),
  partials: z.array(partialSchema),
  marks: z.array(markSchema),
  toolCalls: z.array(toolCallSchema),
  /** Newest first. */
  alerts: z.array(alertSchema),
  report: reportSchema.nullable(),
  recording: recordingSchema,
});

export type CallDetail = z.infer<typeof callDetailSchema>;
export type Conversation = z.infer<typeof conversationSchema>;
