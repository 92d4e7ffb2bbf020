import "server-only";
import { and, eq, isNotNull } from "drizzle-orm";
import type { Database } from "@/db/client";
import { newestFirst } from "@/db/newest-first";
import { ownAnswer } from "@/db/queries/tools/read-tool-figures";
import { toolCalls } from "@/db/schema/tool-calls";

export interface ToolFailure {
  id: string;
  callId: string;
  at: string;
  error: string;
}

/** The newest calls of a tool that were answered with an error. */
export async function listToolFailures(
  db: Pick<Database, "select">,
  tool: string,
  limit: number,
): Promise<ToolFailure[]> {
  const { id, callId, name, askedAt, error, witness } = toolCalls;
  const rows = await db
    .select({ id, callId, askedAt, error })
    .from(toolCalls)
    .where(and(eq(name, tool), eq(witness, ownAnswer), isNotNull(error)))
    .orderBy(newestFirst(askedAt))
    .limit(limit);
  return rows.map(({ askedAt: at, error: why, ...row }) => ({
    ...row,
    at: at.toISOString(),
    error: why ?? "",
  }));
}
