import "server-only";
import { db } from "@/db/client";
import { getConversation } from "@/db/queries/conversations/get-conversation";
import { countSubject } from "@/db/queries/privacy/count-subject";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { type Answered, only } from "@/lib/conversations/answered";
import { noSuchConversation } from "@/lib/conversations/no-such-conversation";
import { problem } from "@/lib/http/problem";
import { deleteSubject } from "@/lib/privacy/delete-subject";
import { deletionPhrase } from "@/lib/privacy/deletion-phrase";
import { readUuid } from "@/lib/read-uuid";
import { publishConversation } from "@/lib/realtime/publish-conversation";

/**
 * One wish to delete a conversation, from request to response: 200 `{ calls, remaining }`. Its calls go with it, so where
 * it has any, `?confirmation=delete 3 calls` must say how many; and none may be going on.
 */
export async function answerDeletion(request: Request, id: string): Promise<Answered> {
  const { refused, actor } = await authorize(request, "data.delete");
  if (refused) return only(refused);
  const uuid = readUuid(id);
  if (!uuid || !(await getConversation(db, uuid))) return only(noSuchConversation());
  const subject = { kind: "conversation", uuid } as const;
  const counts = await countSubject(db, subject);
  if (counts.live > 0) {
    const detail =
      "A call of it is going on, whose next event would make it anew. Delete it once that is over.";
    return only(problem(409, "In use", detail));
  }
  const phrase = deletionPhrase(counts);
  const given = new URL(request.url).searchParams.get("confirmation");
  const confirmation = counts.calls === 0 ? phrase : (given ?? "");
  const deletion = await deleteSubject(db, subject, confirmation, auditedBy(actor, request));
  if (deletion.outcome === "unconfirmed") {
    const detail = `Nothing was deleted. Its calls would go with it, with all that is kept about them: confirm with "${phrase}".`;
    return only(problem(409, "Not confirmed", detail));
  }
  const { calls, remaining } = deletion;
  return { response: Response.json({ calls, remaining }), later: publishConversation(uuid) };
}
