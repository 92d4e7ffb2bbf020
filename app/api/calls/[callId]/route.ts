import { db } from "@/db/client";
import { authorize } from "@/lib/auth/server/authorize";
import { toTurns } from "@/lib/calls/turns";
import { problem } from "@/lib/http/server/http";
import { viewCallDetail } from "@/lib/privacy/server/view-calls";

/** One call with everything known of it. */
export async function GET(request: Request, { params }: RouteContext<"/api/calls/[callId]">) {
  const { refused, actor } = await authorize(request, "calls.view");
  if (refused) return refused;
  const detail = await viewCallDetail(db, actor, (await params).callId);
  if (!detail) return problem(404, "No such call", "No event of a call with this id has come in.");
  return Response.json(
    { ...detail, turns: toTurns(detail.marks) },
    { headers: { "cache-control": "no-store" } },
  );
}
