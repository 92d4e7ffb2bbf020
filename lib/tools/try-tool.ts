import "server-only";
import { randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import type { By } from "@/lib/audit/audit";
import { rehearseTool } from "@/lib/tools/rehearse-tool";
import { runTool } from "@/lib/tools/run-tool";
import type { Tried, TryRequest } from "@/lib/tools/try-request";

/** Runs a tool for a person, as an assistant would have it run; each time is a call of its own. */
export async function tryTool(db: Database, name: string, asked: TryRequest, by: By): Promise<Tried> {
  const { args, isDry, conversationId, customerNumber } = asked;
  const call = { id: null, customerNumber, customerName: null, controlUrl: null };
  const request = { id: randomUUID(), name, arguments: args };
  await recordAudit(db, { ...by, action: "tool.run", target: name, detail: { dry: isDry ? "yes" : "no" } });
  const startedAt = performance.now();
  const answer = await (isDry ? rehearseTool : runTool)(request, { call, conversationId });
  return { result: null, error: null, ...answer, tookMs: Math.round(performance.now() - startedAt) };
}
