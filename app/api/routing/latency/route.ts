import { db } from "@/db/client";
import { measureRouting } from "@/db/queries/routed";
import { authorize } from "@/lib/auth/server/authorize";

/** `{ latency: { count, p50Ms, p95Ms } }`: how long assistant-requests of the last minutes took. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "calls.view");
  if (refused) return refused;
  return Response.json({ latency: await measureRouting(db) });
}
