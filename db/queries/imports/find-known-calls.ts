import "server-only";
import { eq, inArray } from "drizzle-orm";
import type { Database } from "@/db/client";
import { calls } from "@/db/schema/calls";
import { reports } from "@/db/schema/reports";

export interface KnownCall {
  conversationId: string;
  hasReport: boolean;
}

/** Those of the calls that are there already, by id. */
export async function findKnownCalls(
  db: Pick<Database, "select">,
  ids: readonly string[],
): Promise<Map<string, KnownCall>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .select({ id: calls.id, conversationId: calls.conversationId, reportOf: reports.callId })
    .from(calls)
    .leftJoin(reports, eq(reports.callId, calls.id))
    .where(inArray(calls.id, [...ids]));
  return new Map(
    found.map(({ id, conversationId, reportOf }) => [id, { conversationId, hasReport: reportOf !== null }]),
  );
}
