import "server-only";
import { getTableColumns, sql } from "drizzle-orm";
import { PgDialect, type PgTable } from "drizzle-orm/pg-core";
import type { Database } from "@/db/client";
import { columnName } from "@/db/column-name";
import type { Delivery } from "@/db/facts";
import { fromRecord } from "@/db/from-record";
import { mergeCall } from "@/db/merge-call";
import { type CallRow, calls } from "@/db/schema/calls";
import { conversations } from "@/db/schema/conversations";
import { events } from "@/db/schema/events";
import { lines } from "@/db/schema/lines";
import { marks } from "@/db/schema/marks";
import { reports } from "@/db/schema/reports";
import { toolCalls } from "@/db/schema/tool-calls";
import { columnList, rowsOf, takeExcluded } from "@/db/sql-rows";
import { toRecord } from "@/db/to-record";

export interface Recorded {
  /** False when this very delivery is in the log already: it was counted there, and nothing else changed. */
  isFresh: boolean;
  /** The call as it is now; null when the delivery is about no call, or was a duplicate. */
  call: CallRow | null;
  /** The conversation's shared context; null when the delivery belongs to no conversation. */
  context: Record<string, unknown> | null;
  /** True when this call is the first its conversation names, and events without a call wait for it. */
  hasOrphans: boolean;
  /** True when they have moved to this call. */
  adopted: boolean;
}

const reportColumns = Object.values(getTableColumns(reports)).map(columnName);

/**
 * One delivery, one statement, one round trip. Everything hangs on `gate`, which has a row only if the event's key
 * was not in the log: a repeated delivery is counted and changes nothing else. Written once, compiled once, prepared per connection.
 */
const statement = new PgDialect({ casing: "snake_case" }).sqlToQuery(sql`
  with conversation as (
    insert into ${conversations} ("id", "last_call_id", "last_call_at")
    select $1::uuid, $2::text, $3::timestamptz
    where $1 is not null and not exists (
      select from ${conversations} where "id" = $1::uuid and ($2 is null or "last_call_at" >= $3::timestamptz)
    )
    on conflict ("id") do update
      set "last_call_id" = excluded."last_call_id", "last_call_at" = excluded."last_call_at"
      where excluded."last_call_at" > coalesce(${conversations}."last_call_at", '-infinity')
    returning "context", "has_orphans"
  ), event as (
    insert into ${events} (${columnList(events)}) select ${columnList(events)}
    from ${rowsOf(events, 4)} where $5::boolean
    on conflict ("key") do update
      set "repeats" = ${events}."repeats" + 1, "repeated_at" = excluded."received_at"
    returning "repeats"
  ), gate as (
    select from event where "repeats" = 0 union all select where not $5::boolean
  ), call as (
    insert into ${calls} as c (${columnList(calls)}) select ${columnList(calls)} from gate, ${rowsOf(calls, 6)}
    where not $11::boolean or exists (select from ${calls} known where known.id = r.id)
    on conflict ("id") do update set ${mergeCall()}
    returning *
  ), line as (
    insert into ${lines} (${columnList(lines)}) select ${columnList(lines)} from gate, ${rowsOf(lines, 7)}
    on conflict ("call_id", "key") do update set
      "text" = case when length(excluded."text") > length(${lines}."text") then excluded."text" else ${lines}."text" end,
      "at" = least(excluded."at", ${lines}."at")
      where length(excluded."text") > length(${lines}."text") or excluded."at" < ${lines}."at"
  ), mark as (
    insert into ${marks} (${columnList(marks)}) select ${columnList(marks)} from gate, ${rowsOf(marks, 8)}
    where exists (select from call)
    on conflict do nothing
  ), tool_call as (
    insert into ${toolCalls} (${columnList(toolCalls)}) select ${columnList(toolCalls)} from gate, ${rowsOf(toolCalls, 9)}
    on conflict ("call_id", "id") do update set ${takeExcluded(["asked_at", "answered_at", "result", "error", "witness"])}
      where excluded."witness" > ${toolCalls}."witness"
  ), report as (
    insert into ${reports} (${columnList(reports)}) select ${columnList(reports)} from gate, ${rowsOf(reports, 10)}
    on conflict ("call_id") do update set ${takeExcluded(reportColumns)}
      where excluded."at" > ${reports}."at"
  )
  select
    exists (select from gate) as "isFresh",
    (select to_jsonb(call) from call) as "call",
    coalesce(
      (select "context" from conversation),
      (select "context" from ${conversations} where "id" = $1::uuid),
      case when $1 is not null then '{}'::jsonb end
    ) as "context",
    coalesce((select "has_orphans" from conversation), false) as "hasOrphans"
`).sql;

interface Answer {
  isFresh: boolean;
  call: Record<string, unknown> | null;
  context: Record<string, unknown> | null;
  hasOrphans: boolean;
}

/**
 * Remembers one delivery and returns what it changed.
 *
 * @param callId the call it belongs to, where the delivery itself does not name one.
 * @throws postgres.PostgresError or a connection error; then nothing at all was kept.
 */
export async function recordEvent(
  client: Pick<Database["$client"], "unsafe">,
  delivery: Delivery,
  callId = delivery.callId,
): Promise<Recorded> {
  const [answer] = await client.unsafe<Answer[]>(statement, bind(delivery, callId), { prepare: true });
  if (!answer) throw new Error("record-event returned no row");
  return { ...answer, call: answer.call && fromRecord(calls, answer.call), adopted: false };
}

function bind(
  { event, conversationId, callId: namedCallId, isLogged, isPostscript = false, facts }: Delivery,
  callId: string | null,
) {
  const about = (table: PgTable, rows: object[] | undefined) =>
    rows?.length ? JSON.stringify(rows.map((row) => toRecord(table, { ...row, callId }))) : null;
  const call = facts && { hangs: 0, ...facts.call, id: callId, conversationId, version: isLogged ? 1 : 0 };
  return [
    conversationId,
    facts && !isPostscript ? namedCallId : null,
    facts && !isPostscript ? facts.call.createdAt.toISOString() : null,
    JSON.stringify([toRecord(events, { repeats: 0, ...event, callId, conversationId })]),
    isLogged,
    call && JSON.stringify([toRecord(calls, call)]),
    about(lines, facts?.lines),
    about(marks, facts?.marks),
    about(toolCalls, facts?.toolCalls),
    about(reports, facts?.report && [facts.report]),
    isPostscript,
  ];
}
