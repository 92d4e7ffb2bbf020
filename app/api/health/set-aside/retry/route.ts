import { db } from "@/db/client";
import { retrySetAside } from "@/db/queries/set-aside";
import { authorize } from "@/lib/auth/server/authorize";
import { setAsideRetrySchema } from "@/lib/health/detail";
import { problem, readJson } from "@/lib/http/server/http";

/** Has a job take up `{ job, item }` again when it next runs, within a minute: 204. */
export async function POST(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const body = await readJson(request, setAsideRetrySchema);
  if (body.refused) return body.refused;
  if (!(await retrySetAside(db, body.value.job, body.value.item))) {
    return problem(404, "Not found", "This item is not set aside. It may have been processed since.");
  }
  return new Response(null, { status: 204 });
}
