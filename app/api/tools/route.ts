import { db } from "@/db/client";
import { authorize } from "@/lib/auth/server/authorize";
import { listTools } from "@/lib/tools/server/registry";

/** `{ tools }`: each with its JSON Schema, and how it did in the last seven days. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "tools.view");
  if (refused) return refused;
  return Response.json({ tools: await listTools(db) });
}
