import "server-only";
import { z } from "zod";
import type { ToolCallFact } from "@/db/queries/record/facts";
import { redactText } from "@/lib/redact";
import { toCallInfo } from "@/lib/tools/server/call-info";
import { runTool } from "@/lib/tools/server/run";
import { newest } from "@/lib/webhook/rank";
import { defineEvent } from "@/lib/webhook/server/define-event";
import {
  requestKey,
  type ToolRequest,
  toAsked,
  toolRank,
  toolRequestSchema,
  uniqueRequests,
} from "@/lib/webhook/server/tool-messages";

/** Each call once, even if the list repeats it. */
const requests = z.array(toolRequestSchema).min(1).transform(uniqueRequests);

/** Vapi's `ServerMessageToolCalls`. A body contains the same calls up to four times; one list is read. */
export const toolCallsSchema = z.union([
  z.looseObject({ toolCallList: requests }).transform((message) => message.toolCallList),
  z.looseObject({ toolCalls: requests }).transform((message) => message.toolCalls),
  // Allowed by Vapi's schema: it requests nothing and gets no results.
  z.looseObject({ toolCallList: z.array(z.never()) }).transform((): ToolRequest[] => []),
]);

const resultSchema = z.object({
  toolCallId: z.string(),
  result: z.string().optional(),
  error: z.string().optional(),
});
const replySchema = z.object({ results: z.array(resultSchema) });

/** Parallel calls run in parallel; the answer's shape is Vapi's `ServerMessageResponseToolCalls`, always with HTTP 200. */
export const toolCalls = defineEvent({
  types: ["tool-calls"],
  schema: toolCallsSchema,
  identity: (asked) => asked.map(requestKey).join(" "),
  respond: async (asked, envelope) => {
    const about = { call: toCallInfo(envelope), conversationId: envelope.conversationId };
    const results = asked.map(async (request) => ({
      name: request.name,
      toolCallId: request.id,
      ...(await runTool(request, about)),
    }));
    return { reply: { results: await Promise.all(results) } };
  },
  project: (asked, { at, answeredAt }, reply) => {
    const last = asked.at(-1);
    const results = replySchema.safeParse(reply).data?.results ?? [];
    return {
      call: last ? { lastToolName: last.name, lastToolRank: newest(at) } : {},
      toolCalls: uniqueRequests(asked.map((request, n) => toFact(request, { at, answeredAt }, results[n]))),
    };
  },
});

/** @param inPlace the answer at the request's index: requests may share an id */
function toFact(
  request: ToolRequest,
  times: { at: Date; answeredAt: Date },
  inPlace: z.infer<typeof resultSchema> | undefined,
): ToolCallFact {
  const answer = inPlace?.toolCallId === request.id ? inPlace : undefined;
  return {
    ...toAsked(request),
    askedAt: times.at,
    answeredAt: answer ? times.answeredAt : null,
    result: answer?.result === undefined ? null : redactText(answer.result),
    error: answer?.error === undefined ? null : redactText(answer.error),
    rank: toolRank.ownAnswer,
  };
}
