import { hashToUuid } from "@/lib/secrets";

/**
 * What is asked of a tool, whatever the order of its arguments: models repeat tool call ids and send empty ones, so an id
 * names a call only together with this.
 */
export function askedKey(name: string, args: Record<string, unknown>): string {
  return hashToUuid(name, JSON.stringify(args, sortKeys));
}

function sortKeys(_: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
