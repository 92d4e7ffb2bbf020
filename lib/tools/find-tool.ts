import "server-only";
import type { Tool } from "@/lib/tools/define-tool";
import { echo } from "@/lib/tools/echo";

const tools = new Map<string, Tool>([echo].map((tool) => [tool.name, tool]));

/** The tool an assistant means, by its exact name. */
export function findTool(name: string): Tool | undefined {
  return tools.get(name);
}
