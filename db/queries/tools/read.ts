import "server-only";
import { and, asc, count, eq, gt, isNotNull, ne, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { newestFirst } from "@/db/rows";
import { calls, toolCalls } from "@/db/schema/calls";
import { reports } from "@/db/schema/reports";
import { type ToolEndpointRow, toolEndpoints } from "@/db/schema/tools";
import { isReadable } from "@/lib/secrets";
import type { Endpoint } from "@/lib/tools/endpoints/endpoint";
import type { EarlierCalls, ToolFigures } from "@/lib/tools/tool";

const most = 3;

/** The number of a caller's earlier calls, their name, and the newest calls. */
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

/** All configured endpoints with their sealed headers, by name. */
export function listEndpointRows(db: Pick<Database, "select">): Promise<ToolEndpointRow[]> {
  return db.select().from(toolEndpoints).orderBy(asc(toolEndpoints.name));
}

/** All configured endpoints for display, without their headers. */
export async function listEndpoints(db: Pick<Database, "select">): Promise<Endpoint[]> {
  return (await listEndpointRows(db)).map(toEndpoint);
}

function toEndpoint(row: ToolEndpointRow): Endpoint {
  const { sealedHeaders, createdAt: _, body, parameters, ...shown } = row;
  return {
    ...shown,
    body: body ?? null,
    parameters: { ...parameters, type: "object" },
    areSecretsReadable: isReadable(sealedHeaders, row.id),
  };
}

/** The rank of our own answers (lib/webhook/server/tool-messages.ts); other servers' tools are not counted. */
export const ownAnswer = 2;

/** Figures of each tool over the last days, by name. */
export async function readToolFigures(
  db: Pick<Database, "select">,
  days: number,
): Promise<Map<string, ToolFigures>> {
  const { name, askedAt, answeredAt, error, rank } = toolCalls;
  const took = sql`extract(epoch from ${answeredAt} - ${askedAt}) * 1000`;
  const rows = await db
    .select({
      name,
      calls: sql<number>`count(*)::int`,
      failures: sql<number>`count(${error})::int`,
      p50Ms: sql<number | null>`percentile_cont(0.5) within group (order by ${took})`,
      p95Ms: sql<number | null>`percentile_cont(0.95) within group (order by ${took})`,
    })
    .from(toolCalls)
    .where(and(eq(rank, ownAnswer), gt(askedAt, sql`now() - make_interval(days => ${days})`)))
    .groupBy(name);
  return new Map(rows.map(({ name: tool, ...figures }) => [tool, figures]));
}

interface ToolFailure {
  id: string;
  callId: string;
  at: string;
  error: string;
}

/** The newest calls of a tool that failed. */
export async function listToolFailures(
  db: Pick<Database, "select">,
  tool: string,
  limit: number,
): Promise<ToolFailure[]> {
  const { id, callId, name, askedAt, error, rank } = toolCalls;
  const rows = await db
    .select({ id, callId, askedAt, error })
    .from(toolCalls)
    .where(and(eq(name, tool), eq(rank, ownAnswer), isNotNull(error)))
    .orderBy(newestFirst(askedAt))
    .limit(limit);
  return rows.map(({ askedAt: at, error: why, ...row }) => ({
    ...row,
    at: at.toISOString(),
    error: why ?? "",
  }));
}
