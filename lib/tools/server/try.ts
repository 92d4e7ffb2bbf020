import "server-only";
import { randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import type { By } from "@/lib/audit/audit";
import {
  attemptTool,
  prepareTool,
  type RunAbout,
  runTool,
  toToolRun,
  whenAborted,
} from "@/lib/tools/server/run";
import type { ToolAnswer, Tried, TryRequest } from "@/lib/tools/tool";
import type { ToolRequest } from "@/lib/webhook/server/tool-messages";

/** Describes what a tool would do, without its effect; a read-only tool is run. Never throws. */
export async function rehearseTool(request: ToolRequest, about: RunAbout): Promise<ToolAnswer> {
  const found = await prepareTool(request);
  if ("error" in found) return found;
  const { tool, prepared } = found;
  const signal = AbortSignal.timeout(tool.timeoutMs);
  const run = toToolRun(request, about, signal);
  return Promise.race([attemptTool(tool, prepared.rehearse, run), whenAborted(tool, signal)]);
}

/** Runs a tool for a person as for an assistant. Each run counts as a tool call of its own. */
export async function tryTool(db: Database, name: string, asked: TryRequest, by: By): Promise<Tried> {
  const { args, isDry, conversationId, customerNumber } = asked;
  const call = { id: null, customerNumber, customerName: null, controlUrl: null };
  const request = { id: randomUUID(), name, arguments: args };
  await recordAudit(db, { ...by, action: "tool.run", target: name, detail: { dry: isDry ? "yes" : "no" } });
  const startedAt = performance.now();
  const answer = await (isDry ? rehearseTool : runTool)(request, { call, conversationId });
  return { result: null, error: null, ...answer, tookMs: Math.round(performance.now() - startedAt) };
}
