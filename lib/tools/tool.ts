import * as z from "zod";
import { cleanText } from "@/lib/clean-text";

const dayMs = 24 * 60 * 60_000;

export interface EarlierCalls {
  total: number;
  /** The caller's name in the newest call that has one. */
  name: string | null;
  /** The newest few, newest first. */
  newest: { at: Date; assistantName: string | null; summary: string | null }[];
}

/** Describes a caller's history in one line to be spoken: how often, how long ago, and the summaries. */
export function describeEarlierCalls({ total, name, newest }: EarlierCalls, now: Date): string {
  if (total === 0) return "This is the first call from this number.";
  const whose = name ? `${name} has` : "This number has";
  const times = total === 1 ? "once" : `${total} times`;
  const earlierCalls = newest.map(({ at, assistantName, summary }) => {
    const to = assistantName ? ` to ${assistantName}` : "";
    return `${describeDay(at, now)}${to}: ${summary?.trim() || "no summary"}`;
  });
  return `${whose} called ${times} before. ${earlierCalls.map(toSentence).join(" ")}`;
}

function describeDay(at: Date, now: Date): string {
  const days = Math.floor((now.getTime() - at.getTime()) / dayMs);
  if (days < 1) return "Within the last day";
  if (days < 14) return days === 1 ? "Yesterday" : `${days} days ago`;
  return new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" }).format(at);
}

function toSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** Names that endpoints cannot have: built-in tools, and path segments of our own routes. */
export const reservedNames: readonly string[] = [
  "echo",
  "find_caller",
  "lookup_context",
  "send_email",
  "transfer_to_team",
  "update_context",
  "directory",
  "endpoints",
  "mail",
];

/** Recent figures of a tool. */
export const toolFiguresSchema = z.object({
  calls: z.number(),
  failures: z.number(),
  /** From tool call to response; null if there were no responses. */
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
});

export type ToolFigures = z.infer<typeof toolFiguresSchema>;

/** A tool on the settings page. */
export interface ToolOverview {
  name: string;
  description: string;
  effect: "read" | "write";
  timeoutMs: number;
  /** JSON Schema. */
  parameters: Record<string, unknown>;
  /** The endpoint behind it; null for a built-in tool. */
  endpointId: string | null;
  isEnabled: boolean;
  figures: ToolFigures;
}

/**
 * Returns the tool definition to paste into an assistant's `model.tools`. It has no server, so that tool calls go to
 * the assistant's own Server URL, which identifies the conversation.
 */
export function toDefinition({
  name,
  description,
  parameters,
}: Pick<ToolOverview, "name" | "description" | "parameters">) {
  return { type: "function", function: { name, description, parameters } } as const;
}

const propertySchema = z.looseObject({
  type: z.string().optional(),
  default: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
});
const schemaSchema = z.looseObject({ properties: z.record(z.string(), propertySchema).default({}) });

const empties: Readonly<Record<string, unknown>> = {
  string: "",
  integer: 0,
  number: 0,
  boolean: false,
  array: [],
  object: {},
};

/** Returns example arguments: every property of a JSON Schema, with an empty or default value. */
export function toExample(parameters: Record<string, unknown>): Record<string, unknown> {
  const { properties } = schemaSchema.safeParse(parameters).data ?? { properties: {} };
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [
      name,
      property.default ?? property.enum?.[0] ?? empties[property.type ?? "string"] ?? null,
    ]),
  );
}

/** Longer than anyone wants to listen, and short enough not to crowd out the conversation. */
const maxLength = 4_000;

/** Converts a text to a tool result: a single line (Vapi drops results with line breaks) of limited length. */
export function toSpoken(text: string): string {
  const lines = text.split(/[\r\n\u2028\u2029\v\f]/).map((part) => part.trim());
  const line = lines.filter((part) => part !== "").join(" ");
  return line.length > maxLength ? `${cleanText(line, maxLength)}… (cut short)` : cleanText(line);
}

/** Result of a tool call for the assistant: exactly one of the two, always a single line. */
export type ToolAnswer = { result: string } | { error: string };

/** A test run by a person. A dry run, the default, only describes what a tool with an effect would do. */
export const tryRequestSchema = z.strictObject({
  args: z.record(z.string(), z.unknown()),
  isDry: z.boolean().default(true),
  /** The conversation whose context the tool sees; null for none. */
  conversationId: z.guid().nullable().default(null),
  /** The number to use as the caller's. */
  customerNumber: z.string().trim().min(1).max(100).nullable().default(null),
});

export type TryRequest = z.infer<typeof tryRequestSchema>;

/** The outcome, exactly as an assistant would get it. */
export const triedSchema = z.object({
  result: z.string().nullable(),
  error: z.string().nullable(),
  tookMs: z.number(),
});

export type Tried = z.infer<typeof triedSchema>;
