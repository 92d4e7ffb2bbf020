import { db } from "@/db/client";
import { changeReview } from "@/db/queries/reports/review";
import { authorize } from "@/lib/auth/server/authorize";
import { problem, readJson } from "@/lib/http/server/http";
import { reviewChangeSchema } from "@/lib/reports/review";
import { viewReview } from "@/lib/reports/server/view";

const noCall = () => problem(404, "No such call", "There is no call with this id.");

/** Tags, score and notes: what people make of a call. */
export async function GET(
  request: Request,
  { params }: RouteContext<"/api/calls/[callId]/review">,
): Promise<Response> {
  const { refused, actor } = await authorize(request, "calls.view");
  if (refused) return refused;
  const review = await viewReview(db, actor, (await params).callId);
  return review ? Response.json(review, { headers: { "cache-control": "no-store" } }) : noCall();
}

/** Sets its tags, its score, or both. */
export async function PUT(
  request: Request,
  { params }: RouteContext<"/api/calls/[callId]/review">,
): Promise<Response> {
  const { refused, actor } = await authorize(request, "calls.review");
  if (refused) return refused;
  const body = await readJson(request, reviewChangeSchema);
  if (body.refused) return body.refused;
  const { callId } = await params;
  const isThere = await changeReview(db, callId, body.value, { id: actor.id, name: actor.name });
  return isThere ? Response.json(await viewReview(db, actor, callId)) : noCall();
}
