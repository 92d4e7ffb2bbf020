import type { Applied } from "@/lib/calls/applied";
import type { PushedConversation } from "@/lib/realtime/conversation-push";
import type { Push } from "@/lib/realtime/push";

/**
 * Anything that holds a conversation's context, after a push. The newer version stands, in whichever order pushes come;
 * stale when what changed did not fit into the push, or is the name, which has no version.
 */
export function applyPushToConversation<T extends PushedConversation>(known: T, push: Push): Applied<T> {
  if (push.kind !== "conversation" || push.uuid !== known.uuid) return { next: known, stale: false };
  const told = push.conversation;
  if (!told) return { next: known, stale: true };
  const isNamedAnew = told.name !== known.name;
  if (told.version <= known.version) return { next: known, stale: isNamedAnew };
  return { next: { ...known, context: told.context, version: told.version }, stale: isNamedAnew };
}
