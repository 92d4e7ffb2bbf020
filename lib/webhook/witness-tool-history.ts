import { z } from "zod";
import type { ToolCallFact } from "@/db/facts";
import { askedKey } from "@/lib/tools/asked-key";
import { toText } from "@/lib/webhook/read-spoken";
import {
  readToolHistory,
  type ToolHistory,
  type ToolRequest,
  uniqueRequests,
} from "@/lib/webhook/read-tool-calls";
import { redactObject, redactText } from "@/lib/webhook/redact";

/** What we answered ourselves outranks what a history says was answered, and that a call still open. */
export const toolWitness = { asked: 0, answered: 1, ownAnswer: 2 } as const;

/**
 * The tool calls a conversation's history tells of: those another server answers are known from nothing else, and
 * one of ours whose delivery got lost is mended.
 *
 * @param at stands in for the time of entries that carry none
 */
export function witnessToolHistory(messages: unknown, at: Date): ToolCallFact[] {
  const entries = Array.isArray(messages) ? messages : [];
  const history = readToolHistory(entries.map((entry, place) => toVapiEntry(entry, at.getTime() + place)));
  return uniqueRequests(history.map((call) => toFact(call, at)));
}

const askedSchema = z.looseObject({ role: z.literal("assistant"), tool_calls: z.array(z.unknown()).min(1) });
const answeredSchema = z.looseObject({
  role: z.literal("tool"),
  tool_call_id: z.string(),
  content: z.unknown(),
});

/** An entry of OpenAI's format as Vapi writes it. It tells no time, so its place in the list keeps it in order. */
function toVapiEntry(entry: unknown, placeMs: number): unknown {
  const asked = askedSchema.safeParse(entry).data;
  if (asked) return { role: "tool_calls", toolCalls: asked.tool_calls, time: placeMs };
  const answered = answeredSchema.safeParse(entry).data;
  if (!answered) return entry;
  const { tool_call_id: toolCallId, content } = answered;
  return { role: "tool_call_result", toolCallId, result: toText(content) || content, time: placeMs };
}

function toFact(call: ToolHistory, at: Date): ToolCallFact {
  return {
    ...toAsked(call),
    askedAt: call.askedAt ?? at,
    answeredAt: call.answeredAt,
    result: call.result === null ? null : redactText(call.result),
    error: null,
    warnings: call.warnings?.map(redactText) ?? null,
    witness: call.result === null ? toolWitness.asked : toolWitness.answered,
  };
}

/** What is kept of a request. Its key is made of that, for an event of the log that is read once more has no other. */
export function toAsked(request: ToolRequest): Pick<ToolCallFact, "id" | "name" | "arguments" | "asked"> {
  const kept = redactObject(request.arguments);
  return { id: request.id, name: request.name, arguments: kept, asked: askedKey(request.name, kept) };
}
