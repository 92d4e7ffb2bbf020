import { db } from "@/db/client";
import { auditedBy } from "@/lib/auth/audited-by";
import { authorize } from "@/lib/auth/authorize";
import { answerChange } from "@/lib/auth/people/answer-change";
import { personChangeSchema } from "@/lib/auth/people/person-change-schema";
import { removePerson } from "@/lib/auth/people/remove-person";
import { setBlocked } from "@/lib/auth/people/set-blocked";
import { setRole } from "@/lib/auth/people/set-role";
import { readJson } from "@/lib/http/read-json";
import { endRevokedListening } from "@/lib/realtime/generation";

type Context = RouteContext<"/api/people/[userId]">;

/** `{ role }` or `{ blocked }`. */
export async function PATCH(request: Request, { params }: Context): Promise<Response> {
  const { refused, actor } = await authorize(request, "people.manage");
  if (refused) return refused;
  const body = await readJson(request, personChangeSchema);
  if (body.refused) return body.refused;
  const { userId } = await params;
  const by = auditedBy(actor, request);
  const change = body.value;
  const outcome =
    "role" in change
      ? await setRole(db, userId, change.role, by)
      : await setBlocked(db, userId, change.blocked, by);
  if (outcome === "done") await endRevokedListening();
  return answerChange(outcome);
}

/** Removes a person. What they did stays in the audit log. */
export async function DELETE(request: Request, { params }: Context): Promise<Response> {
  const { refused, actor } = await authorize(request, "people.manage");
  if (refused) return refused;
  const { userId } = await params;
  const outcome = await removePerson(db, userId, auditedBy(actor, request));
  if (outcome === "done") await endRevokedListening();
  return answerChange(outcome);
}
