import { z } from "zod";
import type { ToolCallFact } from "@/db/queries/record/facts";
import { parseJson } from "@/lib/parse-json";
import { redactObject, redactText } from "@/lib/redact";
import { askedKey, storedCallId } from "@/lib/tools/server/asked-key";
import { toText } from "@/lib/webhook/server/messages";
import { readStamp } from "@/lib/webhook/server/read-stamp";

/** A tool call as the assistant requests it, in one shape for all wire formats. */
export interface ToolRequest {
  id: string;
  name: string;
  arguments: Record<string, unknown>;
}

/** An object, its JSON text, or anything else that a model wrote instead. */
export const argumentsSchema = z.unknown().nullish().transform(toArguments);

/** `{id, function: {name, arguments}}` as recorded, arguments an object or JSON text; `{id, name, parameters}` as in the docs. */
export const toolRequestSchema = z.union([
  z
    .looseObject({
      id: z.string(),
      function: z.looseObject({ name: z.string(), arguments: argumentsSchema }),
    })
    .transform(({ id, function: { name, arguments: args } }): ToolRequest => ({ id, name, arguments: args })),
  z
    .looseObject({
      id: z.string(),
      name: z.string(),
      parameters: argumentsSchema,
      arguments: argumentsSchema,
    })
    .transform(
      ({ id, name, parameters, arguments: args }): ToolRequest => ({
        id,
        name,
        arguments: { ...args, ...parameters },
      }),
    ),
]);

/** Vapi's `ToolCallResultMessageWarning`s, one line each. */
const warningsSchema = z
  .array(
    z
      .looseObject({ type: z.string(), tokenCount: z.number().optional(), threshold: z.number().optional() })
      .transform(({ type, tokenCount, threshold }) =>
        tokenCount === undefined
          ? type
          : `${type}: ${tokenCount} tokens, ${threshold ?? "?"} recommended at most`,
      ),
  )
  .max(20)
  .nullish()
  .catch(null);

const historySchema = z.union([
  z.looseObject({
    role: z.literal("tool_calls"),
    toolCalls: z.array(toolRequestSchema),
    time: z.unknown().optional(),
  }),
  z.looseObject({
    role: z.literal("tool_call_result"),
    toolCallId: z.string(),
    result: z.unknown().optional(),
    warnings: warningsSchema,
    time: z.unknown().optional(),
  }),
]);

export interface ToolHistory extends ToolRequest {
  askedAt: Date | null;
  answeredAt: Date | null;
  /** As the assistant received it; null while unanswered. */
  result: string | null;
  warnings: string[] | null;
}

/** Keeps each request once: an id repeated with other arguments is another call. */
export function uniqueRequests<R extends ToolRequest>(asked: readonly R[]): R[] {
  return [...new Map(asked.map((request) => [requestKey(request), request])).values()];
}

/** Identifies a tool call wherever it is mentioned. */
export function requestKey({ id, name, arguments: args }: ToolRequest): string {
  return `${id} ${askedKey(name, args)}`;
}

/**
 * Reads the tool calls in a `messages` list: each request joined with its result by tool call id. Where calls share an
 * id, results are assigned in order; a surplus one replaces that of the last call.
 */
export function readToolHistory(messages: unknown): ToolHistory[] {
  const asked = new Map<string, ToolHistory>();
  const byId = new Map<string, { calls: ToolHistory[]; answered: number }>();
  for (const entry of Array.isArray(messages) ? messages : []) {
    const message = historySchema.safeParse(entry).data;
    if (!message) continue;
    const at = readStamp(message.time);
    if (message.role === "tool_calls") {
      for (const request of message.toolCalls) {
        const key = requestKey(request);
        if (asked.has(key)) continue;
        const call: ToolHistory = { ...request, askedAt: at, answeredAt: null, result: null, warnings: null };
        asked.set(key, call);
        const sameId = byId.get(call.id);
        if (sameId) sameId.calls.push(call);
        else byId.set(call.id, { calls: [call], answered: 0 });
      }
    } else {
      const sameId = byId.get(message.toolCallId);
      const call = sameId?.calls[Math.min(sameId.answered, sameId.calls.length - 1)];
      if (!sameId || !call) continue;
      sameId.answered += 1;
      Object.assign(call, {
        answeredAt: at,
        result: resultText(message.result),
        warnings: message.warnings?.length ? message.warnings : null,
      });
    }
  }
  return [...asked.values()];
}

function resultText(result: unknown): string {
  return typeof result === "string" ? result : (JSON.stringify(result) ?? "");
}

function toArguments(value: unknown): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  return typeof value === "string" ? parseArguments(value) : keepRecord(value);
}

function keepRecord(value: unknown): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).safeParse(value).data ?? { value };
}

/** Models sometimes write arguments that are not JSON; their text is kept under `unparsed`. */
function parseArguments(text: string): Record<string, unknown> {
  try {
    return keepRecord(parseJson(text).value);
  } catch {
    return text.trim() ? { unparsed: text } : {};
  }
}

/** Our own answer outranks an answer from a history, and that outranks a call still open. */
export const toolRank = { asked: 0, answered: 1, ownAnswer: 2 } as const;

/**
 * Tool calls from a conversation's history: calls that another server answers are known from nothing else, and calls of
 * ours whose delivery was lost are recovered.
 *
 * @param at stands in for the time of entries without one
 */
export function toolHistoryFacts(messages: unknown, at: Date): ToolCallFact[] {
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

/** Converts an entry from OpenAI's format to Vapi's. It has no time, so its place in the list keeps it in order. */
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
    rank: call.result === null ? toolRank.asked : toolRank.answered,
  };
}

/** The stored part of a request. The key is made from it, because an event replayed from the log has nothing else. */
export function toAsked(request: ToolRequest): Pick<ToolCallFact, "id" | "name" | "arguments" | "asked"> {
  const kept = redactObject(request.arguments);
  const { id, name } = request;
  return { id: storedCallId(id), name, arguments: kept, asked: askedKey(name, kept) };
}
