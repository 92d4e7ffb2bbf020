import * as z from "zod";
import { cleanText } from "@/lib/clean-text";

const dayMs = 24 * 60 * 60_000;

export interface EarlierCalls {
  total: number;
  /** The name somebody gave at the newest call that knows one. */
  name: string | null;
  /** The newest few, newest first. */
  newest: { at: Date; assistantName: string | null; summary: string | null }[];
}

/** A caller's history in one line that can be spoken: how often, how long ago, and what came of it. */
export function describeEarlierCalls({ total, name, newest }: EarlierCalls, now: Date): string {
  if (total === 0) return "This is the first call from this number.";
  const whose = name ? `${name} has` : "This number has";
  const times = total === 1 ? "once" : `${total} times`;
  const told = newest.map(({ at, assistantName, summary }) => {
    const to = assistantName ? ` to ${assistantName}` : "";
    return `${describeDay(at, now)}${to}: ${summary?.trim() || "there is no summary"}`;
  });
  return `${whose} called ${times} before. ${told.map(toSentence).join(" ")}`;
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

/** What no endpoint may be called: Earshot's own tools, and what stands in their place in our own paths. */
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

/** How a tool did lately. */
export const toolFiguresSchema = z.object({
  calls: z.number(),
  failures: z.number(),
  /** From the question to the answer; null while nothing has been answered. */
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
});

export type ToolFigures = z.infer<typeof toolFiguresSchema>;

/** A tool as the settings show it. */
export interface ToolOverview {
  name: string;
  description: string;
  effect: "read" | "write";
  timeoutMs: number;
  /** JSON Schema. */
  parameters: Record<string, unknown>;
  /** The endpoint behind it; null for a tool that Earshot brings along. */
  endpointId: string | null;
  isEnabled: boolean;
  figures: ToolFigures;
}

/**
 * The tool as it is pasted into an assistant's `model.tools`. It names no server: the call then goes to the assistant's
 * own Server URL, which says whose conversation it is.
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

/** Arguments to begin typing with: every property of a JSON Schema, empty. */
export function toExample(parameters: Record<string, unknown>): Record<string, unknown> {
  const { properties } = schemaSchema.safeParse(parameters).data ?? { properties: {} };
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [
      name,
      property.default ?? property.enum?.[0] ?? empties[property.type ?? "string"] ?? null,
    ]),
  );
}

/** More than anybody wants to listen to, and little enough not to crowd out the conversation. */
const maxLength = 4_000;

/** A text as a tool's answer may be: one line (Vapi drops results with line breaks), and no longer than is of use. */
export function toSpoken(text: string): string {
  const lines = text.split(/[\r\n\u2028\u2029\v\f]/).map((part) => part.trim());
  const line = lines.filter((part) => part !== "").join(" ");
  return line.length > maxLength ? `${cleanText(line, maxLength)}… (the rest is left out)` : cleanText(line);
}

/** What an assistant is told of a tool call: exactly one of the two, always a single line. */
export type ToolAnswer = { result: string } | { error: string };

/** A run that a person asks for. Dry unless they say otherwise: then a tool with an effect only tells what it would do. */
export const tryRequestSchema = z.strictObject({
  args: z.record(z.string(), z.unknown()),
  isDry: z.boolean().default(true),
  /** Whose context the tool sees; null: nobody's. */
  conversationId: z.guid().nullable().default(null),
  /** Who is said to call. */
  customerNumber: z.string().trim().min(1).max(100).nullable().default(null),
});

export type TryRequest = z.infer<typeof tryRequestSchema>;

/** What came of it, just as an assistant would be told. */
export const triedSchema = z.object({
  result: z.string().nullable(),
  error: z.string().nullable(),
  tookMs: z.number(),
});

export type Tried = z.infer<typeof triedSchema>;
