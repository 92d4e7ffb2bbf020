import "server-only";
import { db } from "@/db/client";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { answerChange } from "@/lib/conversations/answer-change";
import { type Answered, only } from "@/lib/conversations/answered";
import { changeConversation } from "@/lib/conversations/change-conversation";
import { conversationPatchSchema } from "@/lib/conversations/conversation-patch";
import { noSuchConversation } from "@/lib/conversations/no-such-conversation";
import { toWriter } from "@/lib/conversations/to-writer";
import { readIfMatch } from "@/lib/http/read-if-match";
import { readJson } from "@/lib/http/read-json";
import { readUuid } from "@/lib/read-uuid";

const types = ["application/merge-patch+json", "application/json"];

/** One merge patch of a conversation, from request to response. */
export async function answerPatch(request: Request, id: string): Promise<Answered> {
  const { refused, actor } = await authorize(request, "context.edit");
  if (refused) return only(refused);
  const match = readIfMatch(request);
  if (match.refused) return only(match.refused);
  const body = await readJson(request, conversationPatchSchema, types);
  if (body.refused) return only(body.refused);
  const conversationId = readUuid(id);
  if (!conversationId) return only(noSuchConversation());
  const wish = { conversationId, patch: body.value, writer: toWriter(actor), ifVersion: match.version };
  const change = await changeConversation(db, wish, auditedBy(actor, request));
  return answerChange(actor, conversationId, change);
}
