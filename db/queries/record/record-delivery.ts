import "server-only";
import { and, type Column, eq, getTableColumns, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { type Database, recordingDb } from "@/db/client";
import { readContentFault } from "@/db/faults";
import { mergeLine } from "@/db/queries/calls/lines";
import type { Delivery } from "@/db/queries/record/facts";
import { mergeCall } from "@/db/queries/record/merge-call";
import { type Recorded, recordEvents } from "@/db/queries/record/record-events";
import { joinReport, joinToolCall } from "@/db/queries/record/record-statement";
import { recordTogether } from "@/db/queries/record/record-together";
import { recordSetAside } from "@/db/queries/set-aside";
import { columnList, columnName } from "@/db/rows";
import { type CallRow, calls, lines, marks, toolCalls } from "@/db/schema/calls";
import { conversations } from "@/db/schema/conversations";
import { events } from "@/db/schema/events";
import { reports } from "@/db/schema/reports";
import { cleanText } from "@/lib/clean-text";

/**
 * Moves events that arrived before any call of their conversation was known, and were stored under the conversation's own uuid,
 * to its first call. It happens once: only the delivery that sets the flag does it.
 *
 * @returns the merged call; null when another delivery has moved them already.
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
    // The call may have some of them itself: a conversation update repeats earlier lines.
    await tx.execute(moveInto(lines, callId, conversationId, mergeLine()));
    await tx.execute(moveInto(marks, callId, conversationId, sql`on conflict do nothing`));
    await tx.execute(moveInto(toolCalls, callId, conversationId, joinToolCall));
    await tx.execute(moveInto(reports, callId, conversationId, joinReport));
    // Also deletes the copied rows.
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

/** Merges the orphans' row into the call's, by the same rules as any delivery. */
function joinInto(callId: string, orphansId: string) {
  return sql`
    insert into ${calls} as c (${columnList(calls)})
    select ${columnsUnder(calls, calls.id, callId)} from ${calls} where ${calls.id} = ${orphansId}
    on conflict ("id") do update set ${mergeCall()}
  `;
}

/** A table's columns as in `columnList`, with the call's id in place of the orphans'. */
function columnsUnder(table: PgTable, id: Column, callId: string): SQL {
  const columns = Object.values(getTableColumns(table)).map((column) =>
    column === id ? sql`${callId}` : sql.identifier(columnName(column)),
  );
  return sql.join(columns, sql`, `);
}

const maxKept = 8_000;

/**
 * Records a delivery, with or without a call id. One with an id takes one statement. One without belongs to the newest call of
 * its conversation; before any call is known it is stored under the conversation's own uuid, and the first call adopts it, so
 * both orders give the same rows. One that Postgres refuses for its content is stored as malformed with the reason, because it
 * would always be refused.
 *
 * @throws when it could not be recorded now but may be later; then nothing of it was stored
 */
export async function recordDelivery(db: Database, delivery: Delivery): Promise<Recorded> {
  const recorded = await recordOrKeep(db, delivery);
  const { conversationId, callId } = delivery;
  if (!recorded.hasOrphans || !conversationId || !callId) return recorded;
  const call = await adopt(db, conversationId, callId);
  return call ? { ...recorded, call, adopted: true } : recorded;
}

/** Tries the whole delivery, then only its message, then only the message as text. */
async function recordOrKeep(db: Database, delivery: Delivery): Promise<Recorded> {
  try {
    return await place(db, delivery);
  } catch (cause) {
    const refusal = readContentFault(cause);
    if (refusal === null) throw cause;
    const kept = toMalformed(delivery, refusal);
    const recorded = await place(db, kept).catch((again: unknown) => {
      if (readContentFault(again) === null) throw again;
      return place(db, toPlain(kept));
    });
    return { ...recorded, refusal };
  }
}

function place(db: Database, delivery: Delivery): Promise<Recorded> {
  const { conversationId, callId, facts } = delivery;
  if (facts && !callId && conversationId) {
    return recordUnattributed(db, delivery, conversationId);
  }
  return recordTogether(recordingDb.$client, delivery);
}

function toMalformed({ event, ...delivery }: Delivery, refusal: string): Delivery {
  const issues = [{ path: "", message: refusal }, ...(event.issues ?? [])];
  const message = delivery.whole?.() ?? event.message;
  return {
    ...delivery,
    event: { ...event, message, outcome: "malformed", issues },
    isLogged: true,
    facts: null,
  };
}

/** Text can hold what even JSON cannot. */
function toPlain({ event, ...delivery }: Delivery): Delivery {
  const asText = (value: object) => ({ text: cleanText(JSON.stringify(value), maxKept) });
  const { message, answer } = event;
  return {
    ...delivery,
    event: { ...event, message: asText(message), answer: answer ? asText(answer) : null },
  };
}

async function adopt(db: Database, conversationId: string, callId: string) {
  try {
    return await adoptOrphans(db, conversationId, callId);
  } catch (cause) {
    const reason = readContentFault(cause);
    if (reason === null) throw cause;
    await recordSetAside(db, { job: "adopt-orphans", item: `${conversationId} ${callId}`, reason });
    return null;
  }
}

function recordUnattributed(db: Database, delivery: Delivery, conversationId: string): Promise<Recorded> {
  return db.$client.begin(async (client) => {
    // The conversation's row is the lock: a call that appears now waits for it and then sees the orphans.
    const [conversation] = await client<{ lastCallId: string | null }[]>`
      insert into conversations (id, has_orphans) values (${conversationId}, true)
      on conflict (id) do update set has_orphans = conversations.has_orphans or conversations.last_call_id is null
      returning last_call_id as "lastCallId"
    `;
    const placedIn = conversation?.lastCallId ?? conversationId;
    const [recorded] = await recordEvents(client, [{ ...delivery, placedIn }]);
    if (!recorded) throw new Error("record-events returned no row");
    return recorded;
  });
}
