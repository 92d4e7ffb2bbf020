import { db } from "@/db/client";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { problem, readJson } from "@/lib/http/server/http";
import { findTool } from "@/lib/tools/server/registry";
import { tryTool } from "@/lib/tools/server/try";
import { tryRequestSchema } from "@/lib/tools/tool";

/** `{ args, isDry? = true, conversationId?, customerNumber? }` → `{ result, error, tookMs }`, as an assistant is told. */
export async function POST(
  request: Request,
  { params }: RouteContext<"/api/tools/[toolName]/run">,
): Promise<Response> {
  const { refused, actor } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const { toolName } = await params;
  if ((await findTool(toolName)) === "unknown") return problem(404, "Not found", "There is no such tool.");
  const body = await readJson(request, tryRequestSchema);
  if (body.refused) return body.refused;
  return Response.json(await tryTool(db, toolName, body.value, auditedBy(actor, request)));
}
