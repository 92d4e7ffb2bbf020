import { db } from "@/db/client";
import { listRefusals } from "@/db/queries/refusals";
import { authorize } from "@/lib/auth/server/authorize";

const limit = 100;

/** `{ refusals }`: deliveries that were not let in, counted by what they have in common, the latest first. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "credentials.manage");
  if (refused) return refused;
  const headers = { "cache-control": "no-store" };
  return Response.json({ refusals: await listRefusals(db, limit) }, { headers });
}
