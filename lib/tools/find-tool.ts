import "server-only";
import { builtInTools } from "@/lib/tools/built-in-tools";
import type { Tool } from "@/lib/tools/define-tool";
import { findEndpointTool } from "@/lib/tools/endpoints/find-endpoint-tool";

const byName = new Map<string, Tool>(builtInTools.map((tool) => [tool.name, tool]));

/** The tool an assistant means, by its exact name: one of ours, or an endpoint an admin has configured. */
export async function findTool(name: string): Promise<Tool | "unknown" | "unreachable"> {
  return byName.get(name) ?? findEndpointTool(name);
}
