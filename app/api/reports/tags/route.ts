import { db } from "@/db/client";
import { changeTags } from "@/db/queries/reports/review";
import { authorize } from "@/lib/auth/server/authorize";
import { readJson } from "@/lib/http/server/http";
import { bulkTagsSchema } from "@/lib/reports/review";

/** Tags several calls at once, or takes tags off them: `{ calls }`, how many there were. */
export async function POST(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "calls.review");
  if (refused) return refused;
  const body = await readJson(request, bulkTagsSchema);
  if (body.refused) return body.refused;
  const { ids, add, remove } = body.value;
  return Response.json({ calls: await changeTags(db, ids, add, remove) });
}
