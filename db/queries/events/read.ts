import "server-only";
import { and, asc, eq, gt, gte, lt, lte, ne, or, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { calls } from "@/db/schema/calls";
import { events } from "@/db/schema/events";
import { callTitle, findDirection } from "@/lib/calls/call";
import {
  type EventDetail,
  type EventEntry,
  type EventFilter,
  type EventList,
  lastMinutes,
} from "@/lib/events/event";

type Shared = Omit<EventEntry, "at" | "receivedAt" | "repeatedAt" | "callTitle" | "problem" | "answer"> & {
  at: Date;
  receivedAt: Date;
  repeatedAt: Date | null;
  call: { type: string | null; customerName: string | null; customerNumber: string | null } | null;
};

/** A row of the event log joined with its call, in the shape used outside `db/`. */
function toEvent<R extends Shared>({ call, ...row }: R) {
  return {
    ...row,
    at: row.at.toISOString(),
    receivedAt: row.receivedAt.toISOString(),
    repeatedAt: row.repeatedAt?.toISOString() ?? null,
    callTitle: call && callTitle({ ...call, direction: findDirection(call.type) }),
  };
}

/** The columns that both the list and the detail show. */
const eventColumns = {
  key: events.key,
  type: events.type,
  outcome: events.outcome,
  at: events.at,
  receivedAt: events.receivedAt,
  bytes: events.bytes,
  tookMs: events.tookMs,
  repeats: events.repeats,
  repeatedAt: events.repeatedAt,
  callId: events.callId,
  conversationUuid: events.conversationId,
  call: {
    id: calls.id,
    type: calls.type,
    customerName: calls.customerName,
    customerNumber: calls.customerNumber,
  },
};

/** When a call's last event happened, by the event's own timestamp; null if there is no such call. */
export async function getCallMoment(db: Pick<Database, "select">, callId: string): Promise<Date | null> {
  const [call] = await db.select({ at: calls.lastEventAt }).from(calls).where(eq(calls.id, callId));
  return call?.at ?? null;
}

/** An event with all its stored data, or null. */
export async function getEvent(db: Pick<Database, "select">, key: string): Promise<EventDetail | null> {
  const [row] = await db
    .select({ ...eventColumns, message: events.message, issues: events.issues, answer: events.answer })
    .from(events)
    .leftJoin(calls, eq(calls.id, events.callId))
    .where(eq(events.key, key));
  return row ? { ...toEvent(row), issues: row.issues ?? [] } : null;
}

/** The keys of a call's events, in order. */
export async function listEventKeys(db: Pick<Database, "select">, callId: string): Promise<string[]> {
  const rows = await db
    .select({ key: events.key })
    .from(events)
    .where(eq(events.callId, callId))
    .orderBy(asc(events.at), events.key);
  return rows.map(({ key }) => key);
}

const excerptLength = 160;

/** The event log, newest first, in keyset pages, so that every page costs the same. */
export async function listEvents(db: Pick<Database, "select">, filter: EventFilter): Promise<EventList> {
  const rows = await db
    .select({
      ...eventColumns,
      problem: sql<
        string | null
      >`nullif(concat_ws(': ', nullif(${events.issues}->0->>'path', ''), ${events.issues}->0->>'message'), '')`,
      answer: sql<string | null>`left(${events.answer}::text, ${excerptLength}::int)`,
    })
    .from(events)
    .leftJoin(calls, eq(calls.id, events.callId))
    .where(and(...conditions(filter)))
    // As in the index: without `nulls last` Postgres would sort the whole log.
    .orderBy(sql`${events.receivedAt} desc nulls last`, events.key)
    .limit(filter.limit + 1);
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  return {
    events: page.map(toEvent),
    nextCursor: rows.length > filter.limit && last ? `${last.receivedAt.getTime()}_${last.key}` : null,
  };
}

function conditions(filter: EventFilter): (SQL | undefined)[] {
  const { type, outcome, callId, conversation, last, from, to, cursor } = filter;
  return [
    type ? eq(events.type, type) : undefined,
    outcome === "recorded" ? eq(events.outcome, outcome) : undefined,
    // Written like the partial indexes' conditions, so that they are used.
    outcome === "unknown" || outcome === "malformed"
      ? and(ne(events.outcome, sql`'recorded'`), eq(events.outcome, outcome))
      : undefined,
    outcome === "duplicate" ? sql`${events.repeats} > 0` : undefined,
    callId ? eq(events.callId, callId) : undefined,
    conversation ? isOfConversation(conversation) : undefined,
    last ? gt(events.receivedAt, sql`now() - make_interval(mins => ${lastMinutes[last]})`) : undefined,
    from ? gte(events.receivedAt, from) : undefined,
    to ? lte(events.receivedAt, to) : undefined,
    cursor ? startsAfter(cursor) : undefined,
  ];
}

/** Matches through the conversation's calls, which are indexed, and directly for events without a call. */
function isOfConversation(uuid: string): SQL | undefined {
  const theirs = sql`array(select ${calls.id} from ${calls} where ${calls.conversationId} = ${uuid})`;
  return or(
    sql`${events.callId} = any(${theirs})`,
    and(sql`${events.callId} is null`, eq(events.conversationId, uuid)),
  );
}

function startsAfter({ receivedAt, key }: NonNullable<EventFilter["cursor"]>): SQL | undefined {
  return and(lte(events.receivedAt, receivedAt), or(lt(events.receivedAt, receivedAt), gt(events.key, key)));
}
