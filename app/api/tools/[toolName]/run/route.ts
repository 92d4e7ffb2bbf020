import { db } from "@/db/client";
import { route } from "@/lib/http/server/route";
import { findTool } from "@/lib/tools/server/registry";
import { tryTool } from "@/lib/tools/server/try";
import { triedSchema, tryRequestSchema } from "@/lib/tools/tool";

/** Returns the answer that an assistant would get. */
export const POST = route("POST", "/api/tools/[toolName]/run", {
  access: "settings.manage",
  summary: "Try a tool; a dry run unless `isDry` is false",
  body: tryRequestSchema,
  answer: triedSchema,
  notFound: { detail: "Tool not found." },
  async handle({ params: { toolName }, body, by, notFound }) {
    if ((await findTool(toolName)) === "unknown") return notFound();
    return tryTool(db, toolName, body, by);
  },
});
