import "server-only";
import { z } from "zod";
import { findTool } from "@/lib/tools/find-tool";
import type { ToolRequest } from "@/lib/webhook/read-tool-calls";

/** Exactly one of the two, always a single line: Vapi drops results with line breaks. */
export type ToolAnswer = { result: string } | { error: string };

const timeLimitMs = 10_000;

/** Runs one tool call. Never throws: whatever goes wrong becomes a sentence the assistant can speak. */
export async function runTool(
  request: ToolRequest,
  about: { callId: string | null; conversationId: string | null },
): Promise<ToolAnswer> {
  const tool = findTool(request.name);
  if (!tool) return { error: `There is no tool named ${singleLine(request.name)}.` };
  const signal = AbortSignal.timeout(timeLimitMs);
  try {
    const result = await Promise.race([
      tool.call({ args: request.arguments, ...about, signal }),
      rejectOn(signal),
    ]);
    return { result: singleLine(result) };
  } catch (cause) {
    return { error: signal.aborted ? "The tool took too long to answer." : toSentence(cause) };
  }
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function toSentence(cause: unknown): string {
  if (cause instanceof z.ZodError) {
    const [issue] = cause.issues;
    return singleLine(`The arguments do not fit: ${issue?.path.join(".")} ${issue?.message}`);
  }
  return "The tool failed.";
}

function singleLine(text: string): string {
  return text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, " ").trim();
}
