import type { ToolOverview } from "@/lib/tools/tool-overview";

/**
 * The tool as it is pasted into an assistant's `model.tools`. It names no server: the call then goes to the assistant's
 * own Server URL, which says whose conversation it is.
 */
export function toDefinition({
  name,
  description,
  parameters,
}: Pick<ToolOverview, "name" | "description" | "parameters">) {
  return { type: "function", function: { name, description, parameters } } as const;
}
