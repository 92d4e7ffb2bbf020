import { db } from "@/db/client";
import { countSubject } from "@/db/queries/privacy/subject";
import { authorize } from "@/lib/auth/server/authorize";
import { readJson } from "@/lib/http/server/http";
import { subjectSchema } from "@/lib/privacy/subject";

/** How much is kept about a caller. A POST, because numbers do not belong into URLs, which are logged. */
export async function POST(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "data.delete");
  if (refused) return refused;
  const body = await readJson(request, subjectSchema);
  if (body.refused) return body.refused;
  const headers = { "cache-control": "no-store" };
  return Response.json(await countSubject(db, body.value), { headers });
}
