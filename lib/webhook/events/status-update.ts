import "server-only";
import { z } from "zod";
import type { CallFacts, MarkFact } from "@/db/queries/record/facts";
import { beforeAnswer, earliest, newest } from "@/lib/webhook/rank";
import { defineEvent } from "@/lib/webhook/server/define-event";

/** Vapi's `ServerMessageStatusUpdate`. `status` is an open string: a new value is shown as it is, not rejected. */
export const statusUpdateSchema = z.looseObject({
  status: z.string().min(1),
  endedReason: z.string().nullish(),
  forwardingPhoneNumber: z.string().nullish(),
  destination: z.looseObject({ number: z.string().nullish(), sipUri: z.string().nullish() }).nullish(),
});

/**
 * `ended` is final; otherwise the newest stamp wins (a failed warm transfer goes forwarding → in-progress), except that
 * speech shows that a call is answered.
 * The stamps stand in for start and end until the report brings the exact times: `in-progress` comes some 25 ms
 * after the start, `ended` 2.50 s after the end.
 */
export const statusUpdate = defineEvent({
  types: ["status-update"],
  schema: statusUpdateSchema,
  isBrief: true,
  identity: (message) => message.status,
  leaveOut: ["transcript", "summary"],
  project: (message, { at, key }) => ({
    call: {
      status: message.status,
      statusRank: statusRank(message.status, at),
      ...startFacts(message.status, at),
      ...endFacts(message, at),
    },
    marks: transferMarks(message, at, key),
  }),
});

const beforeAnswered = new Set(["scheduled", "queued", "ringing"]);

function statusRank(status: string, at: Date): number {
  return beforeAnswered.has(status) ? beforeAnswer(at) : newest(at, status === "ended" ? 1 : 0);
}

function startFacts(status: string, at: Date): CallFacts {
  return status === "in-progress" ? { startedAt: at, startedRank: earliest(at) } : {};
}

function endFacts(message: z.infer<typeof statusUpdateSchema>, at: Date): CallFacts {
  if (message.status !== "ended") return {};
  return {
    endedAt: at,
    endedRank: earliest(at),
    ...(message.endedReason && { endedReason: message.endedReason, endedReasonRank: newest(at) }),
  };
}

function transferMarks(message: z.infer<typeof statusUpdateSchema>, at: Date, key: string): MarkFact[] {
  if (message.status !== "forwarding") return [];
  const detail =
    message.forwardingPhoneNumber ?? message.destination?.number ?? message.destination?.sipUri ?? null;
  return [{ key, kind: "transfer", at, detail }];
}
