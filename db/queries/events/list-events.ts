import "server-only";
import { and, eq, gt, gte, lt, lte, ne, or, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { eventColumns } from "@/db/queries/events/event-columns";
import { calls } from "@/db/schema/calls";
import { events } from "@/db/schema/events";
import { toEvent } from "@/db/to-event";
import type { EventList } from "@/lib/events/event";
import { type EventFilter, lastMinutes } from "@/lib/events/event";

const excerptLength = 160;

/** The event log, newest receipt first, a page at a time (keyset: a page costs the same however far down it is). */
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
    // As the index has it: without `nulls last` Postgres would sort the whole log.
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
    // Said as the partial indexes say it, so that they are used.
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

/** By its calls, whose index there is, and by itself for what names no call. */
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
