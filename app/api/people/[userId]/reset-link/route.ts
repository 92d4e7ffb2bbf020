import { db } from "@/db/client";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { makeResetLink } from "@/lib/auth/server/people";
import { problem } from "@/lib/http/server/http";

/** 201 `{ link }`, which sets the person's password once within an hour. */
export async function POST(
  request: Request,
  { params }: RouteContext<"/api/people/[userId]/reset-link">,
): Promise<Response> {
  const { refused, actor } = await authorize(request, "people.manage");
  if (refused) return refused;
  const link = await makeResetLink(db, { id: (await params).userId }, auditedBy(actor, request));
  if (!link) return problem(404, "Not found", "There is nobody with this id.");
  return Response.json({ link }, { status: 201 });
}
