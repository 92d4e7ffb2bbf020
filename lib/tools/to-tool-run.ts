import "server-only";
import { db } from "@/db/client";
import { readContext } from "@/db/queries/conversations/read-context";
import { patchContext } from "@/lib/conversations/server/change";
import type { ContextWriter } from "@/lib/conversations/versions";
import { publishConversation } from "@/lib/realtime/server/publish";
import { askedKey } from "@/lib/tools/asked-key";
import type { CallInfo } from "@/lib/tools/call-info";
import type { ToolRun } from "@/lib/tools/define-tool";
import { SpokenError } from "@/lib/tools/spoken-error";
import { hashToUuid } from "@/lib/webhook/hash-to-uuid";
import type { ToolRequest } from "@/lib/webhook/read-tool-calls";

export interface RunAbout {
  call: CallInfo;
  conversationId: string | null;
}

/**
 * What one run of a tool is told; a change of the context says which tool made it.
 */
export function toToolRun(request: ToolRequest, about: RunAbout, signal: AbortSignal): ToolRun {
  const { id: toolCallId, name } = request;
  const { call, conversationId } = about;
  return {
    id: hashToUuid("tool call", call.id ?? conversationId, toolCallId, askedKey(name, request.arguments)),
    call,
    conversationId,
    signal,
    context: async () => (conversationId ? readContext(db, conversationId) : {}),
    patchContext: async (patch) => {
      if (!conversationId)
        throw new SpokenError("There is no conversation to note that in. Nothing was noted.");
      return patchAs({ kind: "tool", id: toolCallId, name }, conversationId, patch);
    },
  };
}

async function patchAs(
  by: ContextWriter,
  conversationId: string,
  patch: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  // The tool may be asked before the event that asks it has made its conversation.
  const change = await patchContext(db, { conversationId, patch, by, mayMake: true });
  if (change.outcome === "changed" || change.outcome === "unchanged") {
    // Open pages hear of it; the caller does not wait for that.
    if (change.outcome === "changed") void publishConversation(conversationId);
    return change.context;
  }
  const why = change.outcome === "invalid" ? change.why : "The conversation is gone.";
  throw new SpokenError(`${why} Nothing was noted.`);
}
