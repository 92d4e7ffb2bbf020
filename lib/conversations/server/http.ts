import "server-only";
import { after } from "next/server";
import { db } from "@/db/client";
import type { Actor } from "@/lib/auth/roles";
import type { ConversationDetail } from "@/lib/conversations/conversation";
import type { ContextChange } from "@/lib/conversations/versions";
import { problem } from "@/lib/http/server/http";
import { viewConversation } from "@/lib/privacy/server/view-conversations";
import { publishConversation } from "@/lib/realtime/server/publish";
import { explainUnknownId } from "@/lib/vapi/server/resources";

/** The 404 of every route of a conversation. */
export const noSuchConversation = { detail: "Conversation not found." };

/** A conversation as an answer, with its version as the ETag that `If-Match` wants back. */
export function conversationResponse(conversation: ConversationDetail, status = 200): Response {
  const headers = {
    etag: `"${conversation.version}"`,
    "cache-control": "no-store",
    ...(status === 201 && { location: `/api/conversations/${conversation.uuid}` }),
  };
  return Response.json({ conversation }, { status, headers });
}

/** The answer to a wish to change a conversation, and a push to open pages: 200 `{ conversation }`, 404, 412, 422. */
export async function answerChange(actor: Actor, uuid: string, change: ContextChange): Promise<Response> {
  switch (change.outcome) {
    case "unknown":
      return problem(404, "Not found", "Conversation or version not found.");
    case "invalid":
      return problem(422, "Invalid", change.why);
    case "conflict": {
      const detail = `Someone else saved first: this is now version ${change.version}. Nothing was changed.`;
      return problem(412, "Version conflict", detail, { etag: `"${change.version}"` });
    }
    case "changed":
    case "unchanged": {
      const conversation = await viewConversation(db, actor, uuid);
      if (!conversation) return problem(404, "Not found", noSuchConversation.detail);
      after(publishConversation(uuid));
      return conversationResponse(conversation);
    }
  }
}

/** Why a conversation cannot answer with this assistant, in a sentence; null where it can, or nothing is asked of it. */
export async function explainUnknownAssistant(
  answer: { assistantId?: string | undefined } | null | undefined,
): Promise<string | null> {
  return answer?.assistantId ? explainUnknownId("assistants", answer.assistantId) : null;
}
