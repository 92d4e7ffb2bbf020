import type { ToolCallFact } from "@/db/facts";
import { readToolHistory, type ToolHistory } from "@/lib/webhook/read-tool-calls";
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
  return readToolHistory(messages).map((call) => toFact(call, at));
}

function toFact(call: ToolHistory, at: Date): ToolCallFact {
  return {
    id: call.id,
    name: call.name,
    arguments: redactObject(call.arguments),
    askedAt: call.askedAt ?? at,
    answeredAt: call.answeredAt,
    result: call.result === null ? null : redactText(call.result),
    error: null,
    witness: call.result === null ? toolWitness.asked : toolWitness.answered,
  };
}
