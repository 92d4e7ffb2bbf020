import { db } from "@/db/client";
import { findEmail } from "@/db/queries/auth/people";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { endSessions } from "@/lib/auth/server/people";
import { problem } from "@/lib/http/server/http";
import { endRevokedListening } from "@/lib/realtime/server/generation";

/** Signs a person out everywhere: `{ ended }`, how many sessions there were. */
export async function DELETE(
  request: Request,
  { params }: RouteContext<"/api/people/[userId]/sessions">,
): Promise<Response> {
  const { refused, actor } = await authorize(request, "people.manage");
  if (refused) return refused;
  const { userId } = await params;
  const email = await findEmail(db, { id: userId });
  if (!email) return problem(404, "Not found", "There is nobody with this id.");
  const ended = await endSessions(db, { userId, email }, auditedBy(actor, request));
  await endRevokedListening();
  return Response.json({ ended });
}
