import { db } from "@/db/client";
import { listAssignees } from "@/db/queries/alerts/write";
import { authorize } from "@/lib/auth/server/authorize";

/** `{ people }`: those an alert can be given to, by id and name. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "alerts.act");
  if (refused) return refused;
  return Response.json({ people: await listAssignees(db) });
}
