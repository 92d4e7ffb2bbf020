import { db } from "@/db/client";
import { authorize } from "@/lib/auth/server/authorize";
import { viewFacets } from "@/lib/reports/server/view";

/** `{ assistants, numbers, tags }`: what the archive can be narrowed by. */
export async function GET(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "calls.view");
  if (refused) return refused;
  return Response.json(await viewFacets(db, actor), { headers: { "cache-control": "no-store" } });
}
