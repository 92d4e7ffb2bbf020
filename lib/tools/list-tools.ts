import "server-only";
import type { Database } from "@/db/client";
import { listEndpointRows } from "@/db/queries/tools/list-endpoints";
import { readToolFigures } from "@/db/queries/tools/read-tool-figures";
import { builtInTools } from "@/lib/tools/built-in-tools";
import type { Tool } from "@/lib/tools/define-tool";
import { toEndpointTool } from "@/lib/tools/endpoints/to-endpoint-tool";
import type { ToolFigures, ToolOverview } from "@/lib/tools/tool-overview";

/** Over how many days a tool's figures are counted. */
export const figureDays = 7;

const none: ToolFigures = { calls: 0, failures: 0, p50Ms: null, p95Ms: null };

/** Every tool an assistant may call, configured endpoints that are switched off included, and how each did lately. */
export async function listTools(db: Database): Promise<ToolOverview[]> {
  const [rows, figures] = await Promise.all([listEndpointRows(db), readToolFigures(db, figureDays)]);
  const show = (tool: Tool, endpointId: string | null, isEnabled: boolean): ToolOverview => {
    const { name, description, effect, timeoutMs, parameters } = tool;
    return {
      name,
      description,
      effect,
      timeoutMs,
      parameters,
      endpointId,
      isEnabled,
      figures: figures.get(name) ?? none,
    };
  };
  return [
    ...builtInTools.map((tool) => show(tool, null, true)),
    ...rows.map((row) => show(toEndpointTool(row), row.id, row.isEnabled)),
  ];
}
