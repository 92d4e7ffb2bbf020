import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { alertChanges } from "@/db/schema/alerts";
import { calls } from "@/db/schema/calls";
import { events } from "@/db/schema/events";
import type { ReplayRow, TargetRow } from "@/db/schema/forwarding";
import type { ItemKind } from "@/lib/forwarding/target";

/** An item that may be forwarded, without its body. */
export interface FeedItem {
  kind: ItemKind;
  /** An event's key, or the id of an alert's change: the `webhook-id` of every attempt. */
  key: string;
  /** A message type, or `alert.opened` and the like. */
  type: string;
  callId: string | null;
  conversationId: string | null;
  recordedIn: string;
  receivedAt: Date;
  at: Date;
  assistantId: string | null;
  assistantName: string | null;
}

type Row = Omit<FeedItem, "receivedAt" | "at"> & { receivedAt: string; at: string };

type Reader = Pick<Database, "execute">;

/** Events and changes of alerts as rows of one shape. */
const sources = {
  event: {
    select: sql`select 'event' as kind, key, type, call_id, conversation_id, recorded_in, received_at, at from ${events}`,
    receivedAt: sql`received_at`,
    key: sql`key`,
  },
  alert: {
    select: sql`select 'alert' as kind, id as key, 'alert.' || change as type, call_id, null::uuid as conversation_id,
      recorded_in, at as received_at, at from ${alertChanges}`,
    receivedAt: sql`at`,
    key: sql`id`,
  },
} satisfies Record<ItemKind, object>;

/**
 * The oldest transaction that may still record something here, as xid8: the oldest one running, except those known to run in
 * other databases of the same server. A long transaction there must not hold back forwarding here.
 */
export const oldestRecording = sql`coalesce((
  select running from pg_snapshot_xip(pg_current_snapshot()) as running
  where running::xid not in (
    select l.transactionid from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where l.locktype = 'transactionid' and l.mode = 'ExclusiveLock' and l.granted and a.datname <> current_database()
  )
  order by running limit 1
), pg_snapshot_xmax(pg_current_snapshot()))`;

/** Rows that commit later sort after these, so a cursor past these has missed nothing. */
const isSettled = sql`recorded_in < ${oldestRecording}`;

/** The next items after a target's cursor, by transaction, and within one by time of receipt. */
export async function readFeed(
  db: Reader,
  { cursorRecordedIn, cursorReceivedAt, cursorAt, cursorKey }: TargetRow,
  limit: number,
): Promise<FeedItem[]> {
  const part = ({ select, receivedAt, key }: (typeof sources)[ItemKind]) => sql`(
    ${select} where recorded_in >= ${cursorRecordedIn}::xid8 and ${isSettled}
      and (recorded_in, ${receivedAt}, at, ${key}) > (${cursorRecordedIn}::xid8, ${iso(cursorReceivedAt)}::timestamptz, ${iso(cursorAt)}::timestamptz, ${cursorKey}::uuid)
    order by recorded_in, ${receivedAt}, at, ${key} limit ${limit})`;
  return read(db, part, sql`recorded_in, received_at, at, key`, limit);
}

/** The next items of a span, by time of receipt. */
export async function readSpan(
  db: Reader,
  { from, to, cursorReceivedAt, cursorAt, cursorKey }: ReplayRow,
  limit: number,
): Promise<FeedItem[]> {
  const part = ({ select, receivedAt, key }: (typeof sources)[ItemKind]) => sql`(
    ${select} where ${receivedAt} between ${iso(from)}::timestamptz and ${iso(to)}::timestamptz and ${receivedAt} >= ${iso(cursorReceivedAt)}::timestamptz
      and (${receivedAt}, at, ${key}) > (${iso(cursorReceivedAt)}::timestamptz, ${iso(cursorAt)}::timestamptz, ${cursorKey}::uuid)
    order by ${receivedAt}, at, ${key} limit ${limit})`;
  return read(db, part, sql`received_at, at, key`, limit);
}

async function read(
  db: Reader,
  part: (source: (typeof sources)[ItemKind]) => SQL,
  order: SQL,
  limit: number,
): Promise<FeedItem[]> {
  const rows = await db.execute<Row & Record<string, unknown>>(sql`
    select feed.kind, feed.key, feed.type, feed.call_id as "callId",
      coalesce(feed.conversation_id, c.conversation_id) as "conversationId", feed.recorded_in::text as "recordedIn",
      feed.received_at as "receivedAt", feed.at, c.assistant_id as "assistantId", c.assistant_name as "assistantName"
    from (
      select * from (${part(sources.event)} union all ${part(sources.alert)}) as either order by ${order} limit ${limit}
    ) as feed left join ${calls} c on c.id = feed.call_id order by ${order}
  `);
  return rows.map((row) => ({ ...row, receivedAt: new Date(row.receivedAt), at: new Date(row.at) }));
}

const iso = (at: Date) => at.toISOString();

const ofTarget = sql`(t.cursor_recorded_in, t.cursor_received_at, t.cursor_at, t.cursor_key)`;

/** Rows after a target's cursor. `t`: the target's row. */
const behind = {
  event: sql`from ${events} e where e.recorded_in >= t.cursor_recorded_in and e.${isSettled}
    and (e.recorded_in, e.received_at, e.at, e.key) > ${ofTarget}`,
  alert: sql`from ${alertChanges} a where a.recorded_in >= t.cursor_recorded_in and a.${isSettled}
    and (a.recorded_in, a.at, a.at, a.id) > ${ofTarget}`,
};

/** Whether there are rows after a target's cursor. `t`: the target's row. */
export const isBehind = sql`(exists (select ${behind.event}) or exists (select ${behind.alert}))`;

/** The number of events after a target's cursor, including those its filter excludes. `t`: the target's row. */
export const countBehind = (limit: number) =>
  sql`(select count(*) from (select ${behind.event} limit ${limit}) as behind)`;

/** The number of items of a span that pass a target's filter. */
export async function countSpan(
  db: Reader,
  { types, sendsAlerts, assistants }: Pick<TargetRow, "types" | "sendsAlerts" | "assistants">,
  { from, to }: { from: Date; to: Date },
): Promise<number> {
  const span = sql`between ${iso(from)}::timestamptz and ${iso(to)}::timestamptz`;
  const named = JSON.stringify(assistants);
  const isOfAssistant = sql`(${named}::jsonb = '[]' or ${named}::jsonb ? c.assistant_id or ${named}::jsonb ? c.assistant_name)`;
  const [row] = await db.execute<{ count: number }>(sql`
    select (
      select count(*) from ${events} e left join ${calls} c on c.id = e.call_id
      where e.received_at ${span} and ${isOfAssistant}
        and (${types === null} or ${JSON.stringify(types ?? [])}::jsonb ? e.type)
    )::int + (
      select count(*) from ${alertChanges} a left join ${calls} c on c.id = a.call_id
      where ${sendsAlerts} and a.at ${span} and ${isOfAssistant}
    )::int as count
  `);
  return row?.count ?? 0;
}
