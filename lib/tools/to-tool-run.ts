import "server-only";
import { db } from "@/db/client";
import { readContext } from "@/db/queries/tools/read-context";
import type { CallInfo } from "@/lib/tools/call-info";
import type { ToolRun } from "@/lib/tools/define-tool";
import { SpokenError } from "@/lib/tools/spoken-error";
import { hashToUuid } from "@/lib/webhook/hash-to-uuid";

export interface RunAbout {
  call: CallInfo;
  conversationId: string | null;
}

/** What one run of a tool is told. */
export function toToolRun(
  toolCallId: string,
  { call, conversationId }: RunAbout,
  signal: AbortSignal,
): ToolRun {
  return {
    id: hashToUuid("tool call", call.id ?? conversationId, toolCallId),
    call,
    conversationId,
    signal,
    context: async () => (conversationId ? readContext(db, conversationId) : {}),
    patchContext: async () => {
      throw new SpokenError("This call belongs to no conversation, so there is nowhere to keep that.");
    },
  };
}
