import "server-only";
import type { Database } from "@/db/client";
import { listEndpointRows, readToolFigures } from "@/db/queries/tools/read";
import { lookupContext, updateContext } from "@/lib/tools/built-in/context";
import { echo } from "@/lib/tools/built-in/echo";
import { findCaller } from "@/lib/tools/built-in/find-caller";
import { sendEmail } from "@/lib/tools/built-in/send-email";
import { transferToTeam } from "@/lib/tools/built-in/transfer-to-team";
import type { Tool } from "@/lib/tools/server/define-tool";
import { findEndpointTool, toEndpointTool } from "@/lib/tools/server/endpoints";
import type { ToolFigures, ToolOverview } from "@/lib/tools/tool";

/** The built-in tools. */
export const builtInTools: readonly Tool[] = [
  echo,
  findCaller,
  lookupContext,
  sendEmail,
  transferToTeam,
  updateContext,
];

const byName = new Map<string, Tool>(builtInTools.map((tool) => [tool.name, tool]));

/** Finds a tool by its exact name: a built-in one, or an endpoint that an admin has configured. */
export async function findTool(name: string): Promise<Tool | "unknown" | "unreachable"> {
  return byName.get(name) ?? findEndpointTool(name);
}

/** Number of days that a tool's figures cover. */
export const figureDays = 7;

const none: ToolFigures = { calls: 0, failures: 0, p50Ms: null, p95Ms: null };

/** Lists every tool, including endpoints that are switched off, with its recent figures. */
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
