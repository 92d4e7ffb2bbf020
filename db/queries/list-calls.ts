import "server-only";
import { and, eq, gt, ilike, inArray, lt, notInArray, or, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { newestFirst } from "@/db/newest-first";
import { calls } from "@/db/schema/calls";
import { shownColumns } from "@/db/shown-columns";
import { toCall } from "@/db/to-call";
import type { Call } from "@/lib/calls/call";
import { lingerMs, liveStatuses } from "@/lib/calls/call";
import type { CallFilter } from "@/lib/calls/list";

export interface CallPage {
  calls: Call[];
  /** Where the next page starts; null on the last. */
  nextCursor: string | null;
}

/**
 * Calls, newest first, a page at a time (keyset: a page costs the same however far down it is).
 * @param isMasked leaves out of the search what whoever asks may not see
 */
export async function listCalls(
  db: Database,
  filter: CallFilter,
  { isMasked = false } = {},
): Promise<CallPage> {
  const rows = await db
    .select(shownColumns)
    .from(calls)
    .where(and(...conditions(filter, isMasked)))
    .orderBy(newestFirst(calls.createdAt), calls.id)
    .limit(filter.limit + 1);
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  return {
    calls: page.map(toCall),
    nextCursor: rows.length > filter.limit && last ? `${last.createdAt.getTime()}_${last.id}` : null,
  };
}

function conditions(
  { state, q, assistantId, conversationId, cursor }: CallFilter,
  isMasked: boolean,
): (SQL | undefined)[] {
  return [
    state === "live" ? isLive : undefined,
    state === "board" ? or(isLive, endedAfter(Date.now() - lingerMs - clockSlackMs)) : undefined,
    state === "ended" ? notInArray(calls.status, [...liveStatuses, "scheduled"]) : undefined,
    assistantId ? eq(calls.assistantId, assistantId) : undefined,
    conversationId ? eq(calls.conversationId, conversationId) : undefined,
    q ? matches(q, isMasked) : undefined,
    cursor ? startsAfter(cursor) : undefined,
  ];
}

const isLive = inArray(calls.status, [...liveStatuses]);

/** Ends are told by Vapi's clock, and a page looks at them by its own. */
const clockSlackMs = 30_000;

function endedAfter(ms: number): SQL {
  return gt(calls.endedAt, new Date(ms));
}

function matches(q: string, isMasked: boolean): SQL | undefined {
  const pattern = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  const personal = [calls.customerNumber, calls.customerName, calls.phoneNumber, calls.lastLineText];
  const searched = [calls.assistantName, ...(isMasked ? [] : personal)];
  return or(eq(calls.id, q), ...searched.map((column) => ilike(column, pattern)));
}

function startsAfter({ createdAt, id }: NonNullable<CallFilter["cursor"]>): SQL | undefined {
  const at = sql.param(createdAt, calls.createdAt);
  return or(lt(calls.createdAt, createdAt), and(sql`${calls.createdAt} = ${at}`, sql`${calls.id} > ${id}`));
}
