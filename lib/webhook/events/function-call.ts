import "server-only";
import { z } from "zod";
import { redactText } from "@/lib/redact";
import { askedKey } from "@/lib/tools/server/asked-key";
import { toCallInfo } from "@/lib/tools/server/call-info";
import { runTool } from "@/lib/tools/server/run";
import { newest } from "@/lib/webhook/rank";
import { defineEvent } from "@/lib/webhook/server/define-event";
import type { Envelope } from "@/lib/webhook/server/envelope";
import { eventKey } from "@/lib/webhook/server/envelope";
import {
  argumentsSchema,
  readToolHistory,
  requestKey,
  type ToolRequest,
  toAsked,
  toolRank,
} from "@/lib/webhook/server/tool-messages";

/** The message that preceded `tool-calls` (2024), still among Vapi's default messages. */
export const functionCallSchema = z.looseObject({
  functionCall: z.looseObject({
    id: z.string().nullish(),
    name: z.string().min(1),
    parameters: argumentsSchema,
  }),
  artifact: z
    .looseObject({ messages: z.array(z.unknown()) })
    .nullish()
    .catch(null),
});

type FunctionCall = z.infer<typeof functionCallSchema>;

const replySchema = z.object({ result: z.string().optional(), error: z.string().optional() });

/** Runs the same tools as `tool-calls`, with the old answer `{ result }`. */
export const functionCall = defineEvent({
  types: ["function-call"],
  schema: functionCallSchema,
  identity: toIdentity,
  respond: async (message, envelope) => {
    const about = { call: toCallInfo(envelope), conversationId: envelope.conversationId };
    const answer = await runTool(toRequest(message, toId(message, envelope)), about);
    // The old answer has no field for errors: they are given to the assistant as the result.
    return { reply: "error" in answer ? { result: answer.error, error: answer.error } : answer };
  },
  project: (message, { at, key, answeredAt }, reply) => {
    const { functionCall } = message;
    const answer = replySchema.safeParse(reply).data;
    return {
      call: { lastToolName: functionCall.name, lastToolRank: newest(at) },
      toolCalls: [
        {
          ...toAsked(toRequest(message, findId(message) ?? key)),
          askedAt: at,
          answeredAt: answer ? answeredAt : null,
          result: answer?.result === undefined || answer.error ? null : redactText(answer.result),
          error: answer?.error ?? null,
          rank: toolRank.ownAnswer,
        },
      ],
    };
  },
});

/** The tool call's id; if there is none, the event's key, which a repeated delivery shares. */
function toId(message: FunctionCall, envelope: Envelope): string {
  return findId(message) ?? eventKey({ ...envelope, identity: toIdentity(message) });
}

function toIdentity(message: FunctionCall): string {
  return requestKey(toRequest(message, findId(message) ?? ""));
}

function toRequest({ functionCall: { name, parameters } }: FunctionCall, id: string): ToolRequest {
  return { id, name, arguments: parameters };
}

/** The message has no tool call id, but the history in it ends with the requested call. */
function findId({ functionCall, artifact }: FunctionCall): string | null {
  if (typeof functionCall.id === "string") return functionCall.id;
  const { name, parameters } = functionCall;
  const open = readToolHistory(artifact?.messages).filter(
    (call) => call.name === name && call.result === null,
  );
  const same = open.findLast(({ arguments: args }) => askedKey(name, args) === askedKey(name, parameters));
  return (same ?? open.at(-1))?.id ?? null;
}
