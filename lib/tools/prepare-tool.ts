import "server-only";
import { z } from "zod";
import type { PreparedTool, Tool } from "@/lib/tools/define-tool";
import { describeMisfit } from "@/lib/tools/describe-tool-failure";
import { findTool } from "@/lib/tools/find-tool";
import { toSpoken } from "@/lib/tools/to-spoken";
import type { ToolRequest } from "@/lib/webhook/read-tool-calls";

/** The tool that is asked for, with arguments that fit it; else why not, to be spoken. Nothing has been done yet. */
export async function prepareTool(
  request: ToolRequest,
): Promise<{ tool: Tool; prepared: PreparedTool } | { error: string }> {
  const tool = await findTool(request.name);
  if (tool === "unknown") return { error: toSpoken(`There is no tool named ${request.name}.`) };
  if (tool === "unreachable") return { error: toSpoken(`I cannot look up the tool ${request.name} now.`) };
  try {
    return { tool, prepared: tool.prepare(request.arguments) };
  } catch (cause) {
    if (cause instanceof z.ZodError) return { error: describeMisfit(cause) };
    throw cause;
  }
}
