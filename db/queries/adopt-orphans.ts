import "server-only";
import { and, type Column, eq, getTableColumns, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Database } from "@/db/client";
import { columnName } from "@/db/column-name";
import { mergeCall } from "@/db/merge-call";
import { mergeLine } from "@/db/merge-line";
import { joinReport, joinToolCall } from "@/db/queries/record-events";
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
    await tx.update(events).set({ callId }).where(eq(events.callId, conversationId));
    // The call may know some of them itself: a conversation update repeats what was said.
    await tx.execute(moveInto(lines, callId, conversationId, mergeLine()));
    await tx.execute(moveInto(marks, callId, conversationId, sql`on conflict do nothing`));
    await tx.execute(moveInto(toolCalls, callId, conversationId, joinToolCall));
    await tx.execute(moveInto(reports, callId, conversationId, joinReport));
    // Takes along what was copied.
    await tx.delete(calls).where(eq(calls.id, conversationId));
    const [call] = await tx.select().from(calls).where(eq(calls.id, callId));
    return call ?? null;
  });
}

function moveInto(
  table: typeof lines | typeof marks | typeof toolCalls | typeof reports,
  callId: string,
  orphansId: string,
  join: SQL,
) {
  return sql`
    insert into ${table} (${columnList(table)}) select ${columnsUnder(table, table.callId, callId)}
    from ${table} where ${table.callId} = ${orphansId} ${join}
  `;
}

/** The orphans' row, under the call's id, through the same join as any delivery. */
function joinInto(callId: string, orphansId: string) {
  return sql`
    insert into ${calls} as c (${columnList(calls)})
    select ${columnsUnder(calls, calls.id, callId)} from ${calls} where ${calls.id} = ${orphansId}
    on conflict ("id") do update set ${mergeCall()}
  `;
}

/** A table's columns as `columnList` has them, with the call's id in place of the orphans'. */
function columnsUnder(table: PgTable, id: Column, callId: string): SQL {
  const columns = Object.values(getTableColumns(table)).map((column) =>
    column === id ? sql`${callId}` : sql.identifier(columnName(column)),
  );
  return sql.join(columns, sql`, `);
}
