import { z } from "zod";
import { db } from "@/db/client";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { revokeCredential } from "@/lib/credentials/server/manage";
import { problem } from "@/lib/http/server/http";

/** Revokes a webhook credential for good. */
export async function DELETE(
  request: Request,
  { params }: RouteContext<"/api/credentials/[credentialId]">,
): Promise<Response> {
  const { refused, actor } = await authorize(request, "credentials.manage");
  if (refused) return refused;
  const id = z.uuid().safeParse((await params).credentialId);
  const revoked = id.success && (await revokeCredential(db, id.data, auditedBy(actor, request)));
  if (!revoked)
    return problem(404, "Not found", "There is no credential with this id that could be revoked.");
  return new Response(null, { status: 204 });
}
