import { db } from "@/db/client";
import { route } from "@/lib/http/server/route";
import { listOf } from "@/lib/openapi/operation";
import { listTools } from "@/lib/tools/server/registry";

/** Recent figures cover the last seven days. */
export const GET = route("GET", "/api/tools", {
  access: "tools.view",
  summary: "List tools with their JSON Schema and recent figures",
  answer: listOf("tools"),
  handle: async () => ({ tools: await listTools(db) }),
});
