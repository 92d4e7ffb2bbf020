import { db } from "@/db/client";
import { getEvent } from "@/db/queries/events/read";
import { authorize } from "@/lib/auth/server/authorize";
import { problem } from "@/lib/http/server/http";
import { readUuid } from "@/lib/read-uuid";

/** One delivery with all that is kept of it. */
export async function GET(
  request: Request,
  { params }: RouteContext<"/api/events/[eventKey]">,
): Promise<Response> {
  const { refused } = await authorize(request, "events.view");
  if (refused) return refused;
  const { eventKey } = await params;
  const key = readUuid(eventKey);
  const event = key && (await getEvent(db, key));
  if (!event) return problem(404, "No such event", "It never came, or is kept no longer.");
  return Response.json(event, { headers: { "cache-control": "no-store" } });
}
