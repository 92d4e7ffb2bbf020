import type { ConversationDetail } from "@/lib/conversations/conversation";

/** A conversation as an answer, with its version as the ETag that `If-Match` wants back. */
export function tellConversation(conversation: ConversationDetail, status = 200): Response {
  const headers = {
    etag: `"${conversation.version}"`,
    "cache-control": "no-store",
    ...(status === 201 && { location: `/api/conversations/${conversation.uuid}` }),
  };
  return Response.json({ conversation }, { status, headers });
}
