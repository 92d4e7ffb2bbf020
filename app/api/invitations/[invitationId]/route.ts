import { z } from "zod";
import { db } from "@/db/client";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { withdrawInvitation } from "@/lib/auth/server/people";
import { problem } from "@/lib/http/server/http";

/** Withdraws an open invitation. */
export async function DELETE(
  request: Request,
  { params }: RouteContext<"/api/invitations/[invitationId]">,
): Promise<Response> {
  const { refused, actor } = await authorize(request, "people.manage");
  if (refused) return refused;
  const id = z.uuid().safeParse((await params).invitationId);
  const withdrawn = id.success && (await withdrawInvitation(db, id.data, auditedBy(actor, request)));
  if (!withdrawn) return problem(404, "Not found", "There is no open invitation with this id.");
  return new Response(null, { status: 204 });
}
