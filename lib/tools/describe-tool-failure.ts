import "server-only";
import type { z } from "zod";
import { describeError, log } from "@/lib/log";
import type { Tool } from "@/lib/tools/define-tool";
import { SpokenError } from "@/lib/tools/spoken-error";
import { toSpoken } from "@/lib/tools/to-spoken";

/** Said of arguments that do not fit; the assistant may mend them and ask again. */
export function describeMisfit({ issues }: z.ZodError): string {
  const [issue] = issues;
  return toSpoken(`The arguments do not fit: ${issue?.path.join(".")} ${issue?.message}`);
}

/** A sentence for whatever a tool threw. What it may not say stands in the log, by its name alone. */
export function describeToolFailure(tool: Tool, cause: unknown, isAborted: boolean): string {
  if (cause instanceof SpokenError) return toSpoken(cause.message);
  if (!isAborted) log("warn", "a tool failed", { tool: tool.name, ...describeError(cause) });
  const what = isAborted ? "The tool took too long to answer." : "The tool failed.";
  return tool.effect === "write" ? `${what} ${cannotTell(tool)}` : what;
}

/** What is said when nobody knows whether an effect came to be. */
export function cannotTell({ deed }: Pick<Tool, "deed">): string {
  return `I cannot tell whether ${deed}, and I will not try again.`;
}
