import { z } from "zod";
import { cleanText } from "@/lib/clean-text";
import { toReportMessage } from "@/lib/vapi/to-report-message";

/** One thing that may be a past call: the body its webhook would have sent, or why there is none. */
export type PastCall =
  | { kind: "report"; callId: string; body: { message: Record<string, unknown> } }
  | { kind: "going-on" }
  | { kind: "unusable"; reason: string };

/** As long as an id may be at the webhook's door, and storable. */
const id = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\0]+$/);
const messageSchema = z.looseObject({
  type: z.string().min(1),
  call: z.looseObject({ id }).nullish().catch(null),
});
const bodySchema = z.looseObject({ message: messageSchema });
const callSchema = z.looseObject({
  id,
  status: z.string().min(1),
  endedAt: z.string().optional(),
  updatedAt: z.string().optional(),
});
const over = new Set(["ended", "not-found", "deletion-failed"]);

/** Reads an end-of-call-report, with or without `message` around it, or a call as Vapi's API tells of it. */
export function toPastCall(value: unknown): PastCall {
  const message = bodySchema.safeParse(value).data?.message ?? messageSchema.safeParse(value).data;
  if (message?.type === "end-of-call-report") return ofReport(message);
  const call = callSchema.safeParse(value).data;
  if (call) {
    if (!over.has(call.status)) return { kind: "going-on" };
    return { kind: "report", callId: call.id, body: { message: toReportMessage(call) } };
  }
  if (message) return { kind: "unusable", reason: `is no report but "${cleanText(message.type, 60)}"` };
  return { kind: "unusable", reason: "is neither a report nor a call" };
}

function ofReport(message: z.infer<typeof messageSchema>): PastCall {
  const callId = message.call?.id;
  if (!callId) return { kind: "unusable", reason: "is a report that names no call" };
  return { kind: "report", callId, body: { message } };
}
