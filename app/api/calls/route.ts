import { db } from "@/db/client";
import { authorize } from "@/lib/auth/server/authorize";
import { callFilterSchema } from "@/lib/calls/list";
import { problem } from "@/lib/http/server/http";
import { viewCalls } from "@/lib/privacy/server/view-calls";

/** Calls, newest first: `?state=live|ended|board&q&assistantId&cursor&limit`. */
export async function GET(request: Request) {
  const { refused, actor } = await authorize(request, "calls.view");
  if (refused) return refused;
  const filter = callFilterSchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!filter.success) {
    const [issue] = filter.error.issues;
    return problem(400, "Cannot filter so", `${issue?.path.join(".")}: ${issue?.message}`);
  }
  return Response.json(await viewCalls(db, actor, filter.data), { headers: { "cache-control": "no-store" } });
}
