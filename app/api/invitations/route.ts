import { db } from "@/db/client";
import { listInvitations } from "@/db/queries/auth/invitations";
import { invitationSchema } from "@/lib/auth/people";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { invitePerson } from "@/lib/auth/server/people";
import { problem, readJson } from "@/lib/http/server/http";

/** `{ invitations }`: those nobody has accepted or withdrawn. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "people.manage");
  if (refused) return refused;
  return Response.json({ invitations: await listInvitations(db) });
}

/** Invites an address: 201 `{ link }`, to be handed over; it is not shown again. */
export async function POST(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "people.manage");
  if (refused) return refused;
  const body = await readJson(request, invitationSchema);
  if (body.refused) return body.refused;
  const link = await invitePerson(db, body.value, auditedBy(actor, request));
  if (!link)
    return problem(409, "Already in", `${body.value.email} has an account. Change its role instead.`);
  return Response.json({ link }, { status: 201 });
}
