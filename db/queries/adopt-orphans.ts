import "server-only";
import { and, eq, getTableColumns, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Database } from "@/db/client";
import { columnName } from "@/db/column-name";
import { mergeCall } from "@/db/merge-call";
import { mergeLine } from "@/db/merge-line";
import { type CallRow, calls } from "@/db/schema/calls";
import { conversations } from "@/db/schema/conversations";
import { events } from "@/db/schema/events";
import { lines } from "@/db/schema/lines";
import { marks } from "@/db/schema/marks";
import { reports } from "@/db/schema/reports";
import { toolCalls } from "@/db/schema/tool-calls";
import { columnList } from "@/db/sql-rows";

/**
 * Gives a conversation's first call what came before it without naming a call: that was kept under the
 * conversation's own uuid. Whoever takes the flag first does it, once.
 *
 * @returns the call after the join; null when another delivery adopted them already.
 */
export function adoptOrphans(db: Database, conversationId: string, callId: string): Promise<CallRow | null> {
  return db.transaction(async (tx) => {
    const taken = await tx
      .update(conversations)
      .set({ hasOrphans: false })
      .where(and(eq(conversations.id, conversationId), eq(conversations.hasOrphans, true)))
      .returning({ id: conversations.id });
    if (taken.length === 0 || callId === conversationId) return null;
    await tx.execute(joinInto(callId, conversationId));
    await tx.execute(joinLinesInto(callId, conversationId));
    for (const table of [events, marks, toolCalls, reports]) {
      await tx.update(table).set({ callId }).where(eq(table.callId, conversationId));
    }
    await tx.delete(calls).where(eq(calls.id, conversationId));
    const [call] = await tx.select().from(calls).where(eq(calls.id, callId));
    return call ?? null;
  });
}

/** The orphans' row, under the call's id, through the same join as any delivery. */
function joinInto(callId: string, orphansId: string) {
  return sql`
    insert into ${calls} as c (${columnList(calls)})
    select ${columnsWith(calls, calls.id, callId)} from ${calls} where ${calls.id} = ${orphansId}
    on conflict ("id") do update set ${mergeCall()}
  `;
}

/** Their lines, too: a conversation repeats what was said before its call was known. The orphans' own go with their row. */
function joinLinesInto(callId: string, orphansId: string) {
  return sql`
    insert into ${lines} (${columnList(lines)})
    select ${columnsWith(lines, lines.callId, callId)} from ${lines} where ${lines.callId} = ${orphansId}
    order by ${lines.key}
    ${mergeLine()}
  `;
}

/** A table's columns as they are, with one that is another. */
function columnsWith(table: PgTable, changed: PgColumn, value: string) {
  const columns = Object.values(getTableColumns(table)).map((column) =>
    column === changed ? sql`${value}` : sql.identifier(columnName(column)),
  );
  return sql.join(columns, sql`, `);
}
