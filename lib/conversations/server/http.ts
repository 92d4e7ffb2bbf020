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

/** The 404 response of every conversation route. */
export const noSuchConversation = { detail: "Conversation not found." };

/** Returns a conversation as a response, with its version as the ETag for `If-Match`. */
export function conversationResponse(conversation: ConversationDetail, status = 200): Response {
  const headers = {
    etag: `"${conversation.version}"`,
    "cache-control": "no-store",
    ...(status === 201 && { location: `/api/conversations/${conversation.uuid}` }),
  };
  return Response.json({ conversation }, { status, headers });
}

/** Returns the response to a change (200 `{ conversation }`, 404, 412 or 422) and notifies open pages. */
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

/** Returns why a conversation cannot use this assistant, as a sentence; null if it can, or if no assistant is given. */
export async function explainUnknownAssistant(
  answer: { assistantId?: string | undefined } | null | undefined,
): Promise<string | null> {
  return answer?.assistantId ? explainUnknownId("assistants", answer.assistantId) : null;
}
