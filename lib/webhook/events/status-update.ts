import "server-only";
import { z } from "zod";
import type { CallFacts, Facts, MarkFact } from "@/db/queries/record/facts";
import { beforeAnswer, earliest, newest } from "@/lib/webhook/rank";
import { conversationFacts } from "@/lib/webhook/server/conversation";
import { defineEvent } from "@/lib/webhook/server/define-event";
import { firstSpoken } from "@/lib/webhook/server/messages";

const list = z.array(z.unknown()).nullish().catch(null);

/** Vapi's `ServerMessageStatusUpdate`. `status` is an open string: a new value is shown as it is, not rejected. */
export const statusUpdateSchema = z.looseObject({
  status: z.string().min(1),
  endedReason: z.string().nullish(),
  forwardingPhoneNumber: z.string().nullish(),
  destination: z.looseObject({ number: z.string().nullish(), sipUri: z.string().nullish() }).nullish(),
  messages: list,
  messagesOpenAIFormatted: list,
  artifact: z.looseObject({ messages: list, messagesOpenAIFormatted: list }).nullish().catch(null),
});

type StatusUpdate = z.infer<typeof statusUpdateSchema>;

/**
 * `ended` and `forwarding` bring the conversation so far, which may be all that arrives of it. `ended` is final; otherwise the newest stamp wins (a failed warm transfer goes forwarding → in-progress), except that
 * speech shows that a call is answered.
 * The stamps stand in for start and end until the report brings the exact times: `in-progress` comes some 25 ms
 * after the start, `ended` 2.50 s after the end.
 */
export const statusUpdate = defineEvent({
  types: ["status-update"],
  schema: statusUpdateSchema,
  identity: (message) => message.status,
  leaveOut: ["transcript", "summary"],
  project: (message, { at, key }) => {
    const list = listOf(message);
    const { call, ...said }: Facts = list.length > 0 ? conversationFacts(list, at) : {};
    return {
      ...said,
      call: {
        ...call,
        status: message.status,
        statusRank: statusRank(message.status, at),
        ...startFacts(message.status, at),
        ...endFacts(message, at),
      },
      marks: transferMarks(message, at, key),
    };
  },
});

function listOf({ messages, messagesOpenAIFormatted, artifact }: StatusUpdate): unknown[] {
  return firstSpoken([
    messages,
    artifact?.messages,
    messagesOpenAIFormatted,
    artifact?.messagesOpenAIFormatted,
  ]);
}

const beforeAnswered = new Set(["scheduled", "queued", "ringing"]);

function statusRank(status: string, at: Date): number {
  return beforeAnswered.has(status) ? beforeAnswer(at) : newest(at, status === "ended" ? 1 : 0);
}

function startFacts(status: string, at: Date): CallFacts {
  return status === "in-progress" ? { startedAt: at, startedRank: earliest(at) } : {};
}

function endFacts(message: StatusUpdate, at: Date): CallFacts {
  if (message.status !== "ended") return {};
  return {
    endedAt: at,
    endedRank: earliest(at),
    ...(message.endedReason && { endedReason: message.endedReason, endedReasonRank: newest(at) }),
  };
}

function transferMarks(message: StatusUpdate, at: Date, key: string): MarkFact[] {
  if (message.status !== "forwarding") return [];
  const detail =
    message.forwardingPhoneNumber ?? message.destination?.number ?? message.destination?.sipUri ?? null;
  return [{ key, kind: "transfer", at, detail }];
}
