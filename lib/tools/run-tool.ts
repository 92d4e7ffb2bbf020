import "server-only";
import { askedKey } from "@/lib/tools/asked-key";
import { attemptTool, whenAborted } from "@/lib/tools/attempt-tool";
import { prepareTool } from "@/lib/tools/prepare-tool";
import { runOnce } from "@/lib/tools/run-once";
import { type RunAbout, toToolRun } from "@/lib/tools/to-tool-run";
import type { ToolAnswer } from "@/lib/tools/tool-answer";
import type { ToolRequest } from "@/lib/webhook/read-tool-calls";

/**
 * Runs one tool call within the tool's time. Never throws: whatever goes wrong becomes a sentence the assistant can
 * speak. A tool with an effect is run once for each call, tool call id and what is asked; repeats get what came of it.
 */
export async function runTool(request: ToolRequest, about: RunAbout): Promise<ToolAnswer> {
  const found = await prepareTool(request);
  if ("error" in found) return found;
  const { tool, prepared } = found;
  const signal = AbortSignal.timeout(tool.timeoutMs);
  const asked = askedKey(request.name, request.arguments);
  const run = toToolRun(request, about, signal);
  const attempt = () => attemptTool(tool, prepared.run, run);
  if (tool.effect === "read") return Promise.race([attempt(), whenAborted(tool, signal)]);
  const effect = { callId: run.call.id ?? run.conversationId ?? "", toolCallId: request.id, asked };
  return runOnce(tool, effect, signal, attempt);
}
