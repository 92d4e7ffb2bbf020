import { db } from "@/db/client";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { unblockNumber } from "@/lib/dialing/server/dialing";
import { problem } from "@/lib/http/server/http";

/** Takes a number off the do-not-call list. */
export async function DELETE(
  request: Request,
  { params }: RouteContext<"/api/dialing/do-not-call/[numberHash]">,
): Promise<Response> {
  const { refused, actor } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const isNotFound = await unblockNumber(db, (await params).numberHash, auditedBy(actor, request));
  return isNotFound
    ? new Response(null, { status: 204 })
    : problem(404, "Not found", "It is not on the list.");
}
