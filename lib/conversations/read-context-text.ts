import { findJsonFault } from "@/lib/conversations/find-json-fault";
import { judgeContext } from "@/lib/conversations/judge-context";

export type ReadContext =
  | { context: Record<string, unknown>; why?: never }
  | { context?: never; why: string };

/** A context as somebody types it; or what is wrong with it, with the place: `Line 3, column 7: …`. */
export function readContextText(text: string): ReadContext {
  const fault = findJsonFault(text);
  if (fault) return { why: `Line ${fault.line}, column ${fault.column}: ${fault.why}` };
  const value: unknown = JSON.parse(text);
  const why = judgeContext(value);
  // The judge has seen that it is an object.
  return why === null ? { context: value as Record<string, unknown> } : { why };
}
