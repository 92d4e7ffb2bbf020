import { db } from "@/db/client";
import { listRouted } from "@/db/queries/routed";
import { authorize } from "@/lib/auth/server/authorize";

const limit = 200;

/** `{ requests }`: the newest assistant-requests, who answered each, and when; in ms from arrival. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "settings.manage");
  if (refused) return refused;
  return Response.json({ requests: await listRouted(db, limit) });
}
