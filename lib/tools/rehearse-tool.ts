import "server-only";
import { attemptTool, whenAborted } from "@/lib/tools/attempt-tool";
import { prepareTool } from "@/lib/tools/prepare-tool";
import { type RunAbout, toToolRun } from "@/lib/tools/to-tool-run";
import type { ToolAnswer } from "@/lib/tools/tool-answer";
import type { ToolRequest } from "@/lib/webhook/read-tool-calls";

/** What a tool would do, without its effect; one that has none is run. Never throws. */
export async function rehearseTool(request: ToolRequest, about: RunAbout): Promise<ToolAnswer> {
  const found = await prepareTool(request);
  if ("error" in found) return found;
  const { tool, prepared } = found;
  const signal = AbortSignal.timeout(tool.timeoutMs);
  const run = toToolRun(request, about, signal);
  return Promise.race([attemptTool(tool, prepared.rehearse, run), whenAborted(tool, signal)]);
}
