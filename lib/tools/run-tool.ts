import "server-only";
import { z } from "zod";
import type { PreparedTool, Tool, ToolRun } from "@/lib/tools/define-tool";
import { describeMisfit, describeToolFailure } from "@/lib/tools/describe-tool-failure";
import { findTool } from "@/lib/tools/find-tool";
import { runOnce } from "@/lib/tools/run-once";
import { toSpoken } from "@/lib/tools/to-spoken";
import { type RunAbout, toToolRun } from "@/lib/tools/to-tool-run";
import type { ToolAnswer } from "@/lib/tools/tool-answer";
import type { ToolRequest } from "@/lib/webhook/read-tool-calls";

/**
 * Runs one tool call within the tool's time. Never throws: whatever goes wrong becomes a sentence the assistant can
 * speak. A tool with an effect is run once for each call and tool call id; repeats get what came of it.
 */
export async function runTool(request: ToolRequest, about: RunAbout): Promise<ToolAnswer> {
  const tool = await findTool(request.name);
  if (tool === "unknown") return { error: toSpoken(`There is no tool named ${request.name}.`) };
  if (tool === "unreachable") return { error: toSpoken(`I cannot look up the tool ${request.name} now.`) };
  const prepared = prepare(tool, request.arguments);
  if (prepared instanceof z.ZodError) return { error: describeMisfit(prepared) };

  const signal = AbortSignal.timeout(tool.timeoutMs);
  const run = toToolRun(tool.name, request.id, about, signal);
  if (tool.effect === "read") {
    return Promise.race([attempt(tool, prepared, run), whenAborted(tool, signal)]);
  }
  const effect = { callId: run.call.id ?? run.conversationId ?? "", toolCallId: request.id };
  return runOnce(tool, effect, signal, () => attempt(tool, prepared, run));
}

function prepare(tool: Tool, args: unknown): PreparedTool | z.ZodError {
  try {
    return tool.prepare(args);
  } catch (cause) {
    if (cause instanceof z.ZodError) return cause;
    throw cause;
  }
}

async function attempt(tool: Tool, prepared: PreparedTool, run: ToolRun): Promise<ToolAnswer> {
  try {
    return { result: toSpoken(await prepared.run(run)) };
  } catch (cause) {
    return { error: describeToolFailure(tool, cause, run.signal.aborted) };
  }
}

function whenAborted(tool: Tool, signal: AbortSignal): Promise<ToolAnswer> {
  return new Promise((resolve) => {
    const give = () => resolve({ error: describeToolFailure(tool, signal.reason, true) });
    signal.addEventListener("abort", give, { once: true });
  });
}
