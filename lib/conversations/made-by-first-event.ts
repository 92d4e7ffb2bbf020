import type { ContextWriter } from "@/lib/conversations/context-writer";
import type { VersionKind } from "@/lib/conversations/conversation-version";

const firstEvent: ContextWriter = { kind: "system", id: null, name: "First event" };

/** The version that stands before anybody has changed a context: no row is kept of it until somebody does. */
export function madeByFirstEvent(now: {
  context: Record<string, unknown>;
  version: number;
  createdAt: Date;
}) {
  const { context, version, createdAt } = now;
  const kind: VersionKind = "made";
  return { version, context, kind, by: firstEvent, changed: [], restored: null, at: createdAt };
}
