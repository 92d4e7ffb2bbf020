import { z } from "zod";
import { parseJson } from "@/lib/parse-json";
import { readStamp } from "@/lib/webhook/read-stamp";

/** What the assistant asks for, in one shape whatever the wire's. */
export interface ToolRequest {
  id: string;
  name: string;
  arguments: Record<string, unknown>;
}

/** An object, its JSON text, or whatever else a model has written instead. */
export const argumentsSchema = z.unknown().nullish().transform(toArguments);

/** `{id, function: {name, arguments}}` as recorded, arguments an object or JSON text; `{id, name, parameters}` as in the docs. */
export const toolRequestSchema = z.union([
  z
    .looseObject({
      id: z.string().min(1),
      function: z.looseObject({ name: z.string(), arguments: argumentsSchema }),
    })
    .transform(({ id, function: { name, arguments: args } }): ToolRequest => ({ id, name, arguments: args })),
  z
    .looseObject({
      id: z.string().min(1),
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
    time: z.unknown().optional(),
  }),
]);

export interface ToolHistory extends ToolRequest {
  askedAt: Date | null;
  answeredAt: Date | null;
  /** As the assistant heard it; null while unanswered. */
  result: string | null;
}

/** The tool calls a `messages` list tells of: each request joined with its result by tool call id. */
export function readToolHistory(messages: unknown): ToolHistory[] {
  const asked = new Map<string, ToolHistory>();
  for (const entry of Array.isArray(messages) ? messages : []) {
    const message = historySchema.safeParse(entry).data;
    if (!message) continue;
    const at = readStamp(message.time);
    if (message.role === "tool_calls") {
      for (const call of message.toolCalls)
        asked.set(call.id, { ...call, askedAt: at, answeredAt: null, result: null });
    } else {
      const call = asked.get(message.toolCallId);
      if (call) Object.assign(call, { answeredAt: at, result: toText(message.result) });
    }
  }
  return [...asked.values()];
}

function toText(result: unknown): string {
  return typeof result === "string" ? result : (JSON.stringify(result) ?? "");
}

function toArguments(value: unknown): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  return typeof value === "string" ? parseArguments(value) : keepRecord(value);
}

function keepRecord(value: unknown): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).safeParse(value).data ?? { value };
}

/** Models now and then write arguments that are no JSON; what they wrote is kept under `unparsed`. */
function parseArguments(text: string): Record<string, unknown> {
  try {
    return keepRecord(parseJson(text).value);
  } catch {
    return text.trim() ? { unparsed: text } : {};
  }
}
