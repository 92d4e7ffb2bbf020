import { z } from "zod";
import { db } from "@/db/client";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { revokeApiKey } from "@/lib/auth/server/keys";
import { problem } from "@/lib/http/server/http";
import { endRevokedListening } from "@/lib/realtime/server/generation";

/** Revokes a key for good. */
export async function DELETE(
  request: Request,
  { params }: RouteContext<"/api/keys/[keyId]">,
): Promise<Response> {
  const { refused, actor } = await authorize(request, "keys.manage");
  if (refused) return refused;
  const id = z.uuid().safeParse((await params).keyId);
  const revoked = id.success && (await revokeApiKey(db, id.data, auditedBy(actor, request)));
  if (!revoked) return problem(404, "Not found", "There is no key with this id that could be revoked.");
  await endRevokedListening();
  return new Response(null, { status: 204 });
}
