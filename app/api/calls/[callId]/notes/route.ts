import { db } from "@/db/client";
import { addNote } from "@/db/queries/reports/review";
import { authorize } from "@/lib/auth/server/authorize";
import { problem, readJson } from "@/lib/http/server/http";
import { noteSchema } from "@/lib/reports/review";
import { viewReview } from "@/lib/reports/server/view";

/** Writes a note on a call. */
export async function POST(
  request: Request,
  { params }: RouteContext<"/api/calls/[callId]/notes">,
): Promise<Response> {
  const { refused, actor } = await authorize(request, "calls.review");
  if (refused) return refused;
  const body = await readJson(request, noteSchema);
  if (body.refused) return body.refused;
  const { callId } = await params;
  const isThere = await addNote(db, callId, body.value.text, { id: actor.id, name: actor.name });
  if (!isThere) return problem(404, "No such call", "There is no call with this id.");
  return Response.json(await viewReview(db, actor, callId), { status: 201 });
}
