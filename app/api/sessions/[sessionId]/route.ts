import { db } from "@/db/client";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { endSessions } from "@/lib/auth/server/people";
import { problem } from "@/lib/http/server/http";
import { endRevokedListening } from "@/lib/realtime/server/generation";

/** Ends one of one's own sessions. */
export async function DELETE(
  request: Request,
  { params }: RouteContext<"/api/sessions/[sessionId]">,
): Promise<Response> {
  const { refused, actor } = await authorize(request, "account.own");
  if (refused) return refused;
  const { sessionId } = await params;
  const ended =
    actor.kind === "person" &&
    (await endSessions(db, { userId: actor.id, email: actor.email, sessionId }, auditedBy(actor, request)));
  if (!ended) return problem(404, "Not found", "You have no open session with this id.");
  await endRevokedListening();
  return new Response(null, { status: 204 });
}
