import { db } from "@/db/client";
import { getPulse } from "@/db/queries/calls/read";
import { authorize } from "@/lib/auth/server/authorize";

/** How the last 60 minutes went, and the 60 before: `{ hour, before }`. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "calls.view");
  if (refused) return refused;
  return Response.json(await getPulse(db, new Date()), { headers: { "cache-control": "no-store" } });
}
