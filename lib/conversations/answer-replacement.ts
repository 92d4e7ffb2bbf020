import "server-only";
import { z } from "zod";
import { db } from "@/db/client";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { answerChange } from "@/lib/conversations/answer-change";
import { type Answered, only } from "@/lib/conversations/answered";
import { noSuchConversation } from "@/lib/conversations/no-such-conversation";
import { replaceContext } from "@/lib/conversations/replace-context";
import { setContext } from "@/lib/conversations/set-context";
import { toWriter } from "@/lib/conversations/to-writer";
import { readIfMatch } from "@/lib/http/read-if-match";
import { readJson } from "@/lib/http/read-json";
import { readUuid } from "@/lib/read-uuid";

/** One whole new context, from request to response. */
export async function answerReplacement(request: Request, id: string): Promise<Answered> {
  const { refused, actor } = await authorize(request, "context.edit");
  if (refused) return only(refused);
  const match = readIfMatch(request);
  if (match.refused) return only(match.refused);
  const body = await readJson(request, z.unknown());
  if (body.refused) return only(body.refused);
  const conversationId = readUuid(id);
  if (!conversationId) return only(noSuchConversation());
  const wish = { conversationId, context: body.value, by: toWriter(actor) };
  const change = await setContext(
    db,
    conversationId,
    (tx) => replaceContext(tx, { ...wish, ...(match.version !== undefined && { ifVersion: match.version }) }),
    { what: "context", by: auditedBy(actor, request) },
  );
  return answerChange(actor, conversationId, change);
}
