import { db } from "@/db/client";
import { personChangeSchema } from "@/lib/auth/people";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { answerChange, removePerson, setBlocked, setRole } from "@/lib/auth/server/people";
import { readJson } from "@/lib/http/server/http";
import { endRevokedListening } from "@/lib/realtime/server/generation";

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
