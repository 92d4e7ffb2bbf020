import { cleanText } from "@/lib/clean-text";
import type { Answer, RoutingReply } from "@/lib/routing/routing";

const maxVariables = 200;
const maxLength = 2_000;
const maxDepth = 6;

type Variables = Record<string, string | number | boolean>;

/**
 * Converts a context to Vapi's `variableValues`, for use in templates as `{{customer_tier}}`:
 *
 * - strings, numbers and booleans stay as they are; null and empty strings are left out;
 * - nested values are named by their keys joined with `_`: `{ customer: { tier } }` is `customer_tier`;
 * - a list of such values becomes one string separated by commas; other lists are left out;
 * - in names, any character other than a letter, digit or `_` becomes `_`; of two equal names, the less nested one
 * stays.
 *
 * At most 200 variables of 2,000 characters each.
 */
export function toVariables(context: Record<string, unknown>): Variables {
  const found = new Map<string, Variables[string]>();
  let level: [name: string, value: unknown][] = Object.entries(context);
  for (let depth = 0; depth < maxDepth && level.length > 0; depth += 1) {
    for (const [name, value] of level) {
      const scalar = toScalar(value);
      if (scalar !== null && !found.has(toName(name)) && found.size < maxVariables) {
        found.set(toName(name), scalar);
      }
    }
    level = level.flatMap(([name, value]) => toChildren(name, value));
  }
  return Object.fromEntries(found);
}

function toScalar(value: unknown): Variables[string] | null {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "string") return value === "" ? null : cleanText(value, maxLength);
  if (!Array.isArray(value) || value.length === 0) return null;
  const texts = value.map((entry) => (Array.isArray(entry) ? null : toScalar(entry)));
  return texts.includes(null) ? null : cleanText(texts.join(", "), maxLength);
}

function toChildren(name: string, value: unknown): [string, unknown][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.entries(value).map(([key, entry]) => [`${name}_${key}`, entry]);
}

function toName(name: string): string {
  return name.replace(/[^\p{L}\p{N}_]/gu, "_");
}

/**
 * Builds the response to Vapi. The context is passed as variables; the answer's own overrides and variables take
 * precedence. Destinations and errors take no variables.
 */
export function toReply(answer: Answer, context: Record<string, unknown>): RoutingReply {
  if (answer.kind === "error") return { error: answer.error };
  if (answer.kind === "number" || answer.kind === "sip") return { destination: toDestination(answer) };

  const variableValues = { ...toVariables(context), ...answer.overrides?.variableValues };
  const hasVariables = Object.keys(variableValues).length > 0;
  if (answer.kind === "workflow-id") {
    return { workflowId: answer.workflowId, ...(hasVariables && { workflowOverrides: { variableValues } }) };
  }
  const all = { ...answer.overrides, ...(hasVariables && { variableValues }) };
  const overrides = Object.keys(all).length > 0 ? all : null;
  if (answer.kind === "squad-id" || answer.kind === "squad") {
    const squadOverrides = overrides && { squadOverrides: overrides };
    return answer.kind === "squad"
      ? { squad: answer.squad, ...squadOverrides }
      : { squadId: answer.squadId, ...squadOverrides };
  }
  const assistantOverrides = overrides && { assistantOverrides: overrides };
  return answer.kind === "assistant"
    ? { assistant: answer.assistant, ...assistantOverrides }
    : { assistantId: answer.assistantId, ...assistantOverrides };
}

function toDestination(answer: Extract<Answer, { kind: "number" | "sip" }>) {
  const message = answer.message ? { message: answer.message } : {};
  if (answer.kind === "sip") return { type: "sip" as const, sipUri: answer.sipUri, ...message };
  const extension = answer.extension ? { extension: answer.extension } : {};
  return { type: "number" as const, number: answer.number, ...extension, ...message };
}
