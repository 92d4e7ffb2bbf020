import "server-only";
import { db } from "@/db/client";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { answerChange } from "@/lib/conversations/answer-change";
import { type Answered, only } from "@/lib/conversations/answered";
import { noSuchConversation } from "@/lib/conversations/no-such-conversation";
import { readVersion } from "@/lib/conversations/read-version";
import { restoreContext } from "@/lib/conversations/restore-context";
import { setContext } from "@/lib/conversations/set-context";
import { toWriter } from "@/lib/conversations/to-writer";
import { readIfMatch } from "@/lib/http/read-if-match";
import { readUuid } from "@/lib/read-uuid";

/** One wish for an earlier version, from request to response. */
export async function answerRestoration(request: Request, id: string, wanted: string): Promise<Answered> {
  const { refused, actor } = await authorize(request, "context.edit");
  if (refused) return only(refused);
  const match = readIfMatch(request);
  if (match.refused) return only(match.refused);
  const conversationId = readUuid(id);
  const version = readVersion(wanted);
  if (!conversationId || version === null) return only(noSuchConversation());
  const wish = { conversationId, version, by: toWriter(actor) };
  const change = await setContext(
    db,
    conversationId,
    (tx) => restoreContext(tx, { ...wish, ...(match.version !== undefined && { ifVersion: match.version }) }),
    { what: `context, as of version ${version}`, by: auditedBy(actor, request) },
  );
  return answerChange(actor, conversationId, change);
}
