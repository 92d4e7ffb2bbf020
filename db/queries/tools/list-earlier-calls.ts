import "server-only";
import { and, count, eq, ne } from "drizzle-orm";
import type { Database } from "@/db/client";
import { newestFirst } from "@/db/newest-first";
import { calls } from "@/db/schema/calls";
import { reports } from "@/db/schema/reports";

const most = 3;

export interface EarlierCalls {
  total: number;
  /** The name somebody gave at the newest call that knows one. */
  name: string | null;
  /** The newest few, newest first. */
  newest: { at: Date; assistantName: string | null; summary: string | null }[];
}

/** What is kept of a number's calls but the one that goes on. */
export async function listEarlierCalls(
  db: Pick<Database, "select">,
  number: string,
  exceptCallId: string | null,
): Promise<EarlierCalls> {
  const isTheirs = and(
    eq(calls.customerNumber, number),
    exceptCallId === null ? undefined : ne(calls.id, exceptCallId),
  );
  const [[counted], newest] = await Promise.all([
    db.select({ total: count() }).from(calls).where(isTheirs),
    db
      .select({
        at: calls.createdAt,
        name: calls.customerName,
        assistantName: calls.assistantName,
        summary: reports.summary,
      })
      .from(calls)
      .leftJoin(reports, eq(reports.callId, calls.id))
      .where(isTheirs)
      .orderBy(newestFirst(calls.createdAt))
      .limit(most),
  ]);
  return {
    total: counted?.total ?? 0,
    name: newest.find(({ name }) => name)?.name ?? null,
    newest: newest.map(({ name: _, ...call }) => call),
  };
}
