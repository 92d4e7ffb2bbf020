import "server-only";
import type { Tool, ToolRun } from "@/lib/tools/define-tool";
import { describeToolFailure } from "@/lib/tools/describe-tool-failure";
import { toSpoken } from "@/lib/tools/to-spoken";
import type { ToolAnswer } from "@/lib/tools/tool-answer";

/** Lets a tool do its work. Never throws: whatever goes wrong is a sentence. */
export async function attemptTool(
  tool: Tool,
  work: (about: ToolRun) => Promise<string>,
  run: ToolRun,
): Promise<ToolAnswer> {
  try {
    return { result: toSpoken(await work(run)) };
  } catch (cause) {
    return { error: describeToolFailure(tool, cause, run.signal.aborted) };
  }
}

/** What is said once the tool's time is up, should it not heed the signal itself. */
export function whenAborted(tool: Tool, signal: AbortSignal): Promise<ToolAnswer> {
  return new Promise((resolve) => {
    const give = () => resolve({ error: describeToolFailure(tool, signal.reason, true) });
    signal.addEventListener("abort", give, { once: true });
  });
}
