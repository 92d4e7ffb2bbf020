import "server-only";
import { getTableColumns, sql } from "drizzle-orm";
import { PgDialect, type PgTable } from "drizzle-orm/pg-core";
import type { Database } from "@/db/client";
import { mergeLine } from "@/db/queries/calls/lines";
import type { Delivery } from "@/db/queries/record/facts";
import { mergeCall } from "@/db/queries/record/merge-call";
import { columnList, columnName, fromRecord, rowOf, rowsOf, takeExcluded, toRecord } from "@/db/rows";
import { type CallRow, calls, lines, marks, toolCalls } from "@/db/schema/calls";
import { callMonitors } from "@/db/schema/control";
import { conversations } from "@/db/schema/conversations";
import { events } from "@/db/schema/events";
import { reports } from "@/db/schema/reports";
import { liveStatuses } from "@/lib/calls/call";
import { stringifyJson } from "@/lib/lossless-json";
import { parseJson } from "@/lib/parse-json";

export interface Recorded {
  /** False when this very delivery is in the log already: it was counted there, and nothing else changed. */
  isFresh: boolean;
  /** The call as it is now; null when the delivery is about no call, or was a duplicate. */
  call: CallRow | null;
  /** The conversation's shared context; null when the delivery belongs to no conversation. */
  context: Record<string, unknown> | null;
  /** True when events without a call wait for this one, the newest of its conversation. */
  hasOrphans: boolean;
  /** True when they have moved to this call. */
  adopted: boolean;
  /** Why it was kept as malformed instead, where Postgres refuses what it states. */
  refusal?: string;
}

const reportColumns = Object.values(getTableColumns(reports)).map(columnName);

/** The row that comes takes the place of the one that is there; of two as strong the greater row does, in both orders. */
const outdoes = (table: PgTable, by: string) => {
  const [is, was] = [sql.raw(`excluded."${by}"`), sql`${table}.${sql.identifier(by)}`];
  return sql`(${is} > ${was} or ${is} = ${was} and excluded.* > ${table}.*)`;
};

const toolCallColumns = ["name", "arguments", "asked_at", "answered_at", "result", "error", "rank"];

/** Of a tool call that two events tell of, the higher rank's word; warnings are known from histories alone. */
const takeStronger = sql.join(
  toolCallColumns.map((name) => {
    const [was, is] = [sql`${toolCalls}.${sql.identifier(name)}`, sql`excluded.${sql.identifier(name)}`];
    return sql`${sql.identifier(name)} = case when ${outdoes(toolCalls, "rank")} then ${is} else ${was} end`;
  }),
  sql`, `,
);

/** How a row joins the one of its key that is there already. */
export const joinToolCall = sql`
  on conflict ("call_id", "id", "asked") do update set
    ${takeStronger}, "warnings" = greatest(${toolCalls}."warnings", excluded."warnings")
    where ${outdoes(toolCalls, "rank")} or excluded."warnings" > coalesce(${toolCalls}."warnings", 'null')`;

export const joinReport = sql`
  on conflict ("call_id") do update set ${takeExcluded(reportColumns)}
    where ${outdoes(reports, "at")}`;

/** A URL that one event leaves out is still the other's; whatever is known already is not written again. */
export const joinMonitor = sql`
  on conflict ("call_id") do update set
    "sealed_control_url" = coalesce(excluded."sealed_control_url", m."sealed_control_url"),
    "sealed_listen_url" = coalesce(excluded."sealed_listen_url", m."sealed_listen_url"),
    "is_control_off" = excluded."is_control_off", "is_listen_off" = excluded."is_listen_off",
    "digest" = excluded."digest"
    where m."digest" <> excluded."digest"`;

const isLive = sql.raw(`call."status" in (${liveStatuses.map((status) => `'${status}'`).join(", ")})`);

/** What the statement is told of each delivery: rows as JSON, and what ties them together. */
const deliveries = sql`jsonb_to_recordset($1::jsonb) as d(
  n integer, in_conversation uuid, of_call text, named_call text, called_at timestamptz, event_key uuid,
  logged boolean, postscript boolean, event_row jsonb, call_row jsonb, line_rows jsonb, mark_rows jsonb, tool_rows jsonb, report_row jsonb, monitor_row jsonb
)`;

const fresh = sql`gate join delivery d using (n)`;

/** Reading it makes the conversations' rows be written, and locked, before whatever reads on. */
const conversationsFirst = sql`(select count(*) from conversation) conversations_first`;

/**
 * So many deliveries, one statement, one round trip. Everything hangs on `gate`, which has a row only where the event's
 * key was not in the log: a repeated delivery is counted and changes nothing else. Conversations come first, then events,
 * then calls, each in the order of their keys, as everywhere (db/queries/record/record-delivery.ts): statements at once wait for each other,
 * but never in a circle. Written once, compiled once, prepared per connection.
 */
const statement = new PgDialect({ casing: "snake_case" }).sqlToQuery(sql`
  with delivery as materialized (select * from ${deliveries}), conversation as (
    insert into ${conversations} as k ("id", "last_call_id", "last_call_at")
    select distinct on (in_conversation) in_conversation, named_call, called_at from delivery d
    where in_conversation is not null and not postscript and not exists (
      select from ${conversations} o
      where o."id" = d.in_conversation and (d.named_call is null or o."last_call_at" >= d.called_at)
    )
    order by in_conversation, called_at desc nulls last
    on conflict ("id") do update
      set "last_call_id" = excluded."last_call_id", "last_call_at" = excluded."last_call_at"
      where excluded."last_call_at" > coalesce(k."last_call_at", '-infinity')
    returning k."id", k."context", k."has_orphans", k."last_call_id"
  ), event as (
    insert into ${events} (${columnList(events)}) select ${columnList(events)}
    from ${conversationsFirst}, delivery, ${rowOf(events, "event_row")} where logged order by event_key
    on conflict ("key") do update
      set "repeats" = ${events}."repeats" + 1, "repeated_at" = excluded."received_at"
    returning "key", "repeats"
  ), gate as (
    select n from ${conversationsFirst}, delivery left join event on event."key" = event_key
    where event."repeats" = 0 or not logged
  ), call as (
    insert into ${calls} as c (${columnList(calls)}) select ${columnList(calls)}
    from ${fresh}, ${rowOf(calls, "call_row")}
    where call_row is not null and (not postscript or exists (select from ${calls} known where known."id" = of_call))
    order by of_call
    on conflict ("id") do update set ${mergeCall()}
    returning *
  ), line as (
    insert into ${lines} (${columnList(lines)}) select ${columnList(lines)}
    from ${fresh}, ${rowsOf(lines, "line_rows")} order by "call_id", "key"
    ${mergeLine()}
  ), mark as (
    insert into ${marks} (${columnList(marks)}) select ${columnList(marks)}
    from ${fresh}, ${rowsOf(marks, "mark_rows")}
    where exists (select from call where call."id" = of_call) order by "call_id", "key"
    on conflict do nothing
  ), tool_call as (
    insert into ${toolCalls} (${columnList(toolCalls)}) select ${columnList(toolCalls)}
    from ${fresh}, ${rowsOf(toolCalls, "tool_rows")} order by "call_id", "id", "asked"
    ${joinToolCall}
  ), report as (
    insert into ${reports} (${columnList(reports)}) select ${columnList(reports)}
    from ${fresh}, ${rowOf(reports, "report_row")} where report_row is not null order by "call_id"
    ${joinReport}
  ), monitor as (
    insert into ${callMonitors} as m (${columnList(callMonitors)}) select ${columnList(callMonitors)}
    from ${fresh}, ${rowOf(callMonitors, "monitor_row")}
    where monitor_row is not null and exists (select from call where call."id" = of_call and ${isLive})
    order by of_call
    ${joinMonitor}
  ), monitor_of_ended as (
    delete from ${callMonitors} m using call where m."call_id" = call."id" and not ${isLive}
  )
  select
    gate.n is not null as "isFresh",
    case when gate.n is not null then to_jsonb(call) end as "call",
    case when in_conversation is not null
      then coalesce(conversation."context", k."context", '{}'::jsonb) end as "context",
    -- As it was before, where this call is known already: whoever was to adopt them may have died.
    coalesce(coalesce(conversation."has_orphans", k."has_orphans")
      and coalesce(conversation."last_call_id", k."last_call_id") = named_call, false) as "hasOrphans"
  from delivery d left join gate using (n)
    left join call on call."id" = of_call
    left join conversation on conversation."id" = in_conversation
    left join ${conversations} k on k."id" = in_conversation
  order by d.n
`).sql;

interface Answer {
  isFresh: boolean;
  call: Record<string, unknown> | null;
  context: Record<string, unknown> | null;
  hasOrphans: boolean;
}

/** A delivery, and the call it belongs to where it does not name one itself. */
export type Placed = Delivery & { placedIn?: string };

/**
 * Remembers deliveries, no two of which may be of one call or have one event key, and returns what each changed.
 *
 * @throws postgres.PostgresError or a connection error; then nothing at all was kept.
 */
export async function recordEvents(
  client: Pick<Database["$client"], "unsafe">,
  deliveries: readonly Placed[],
): Promise<Recorded[]> {
  const told = toStorable(stringifyJson(deliveries.map(tell)));
  const answers = await client.unsafe<Answer[]>(statement, [told], { prepare: true });
  return answers.map((answer) => ({
    ...answer,
    call: answer.call && fromRecord(calls, answer.call),
    adopted: false,
  }));
}

/** What came in is clean; this is for texts that our own answers bring along, such as those of somebody's endpoint. */
function toStorable(json: string): string {
  return /\\u(?:0000|d[89a-f])/.test(json) ? stringifyJson(parseJson(json).value) : json;
}

function tell(delivery: Placed, n: number) {
  const {
    event,
    conversationId,
    callId: named,
    placedIn,
    isLogged,
    isPostscript = false,
    facts,
    monitor,
  } = delivery;
  const callId = placedIn ?? named;
  const about = (table: PgTable, rows: object[] | undefined) =>
    rows?.map((row) => toRecord(table, { ...row, callId }));
  const call = facts && { hangs: 0, ...facts.call, id: callId, conversationId, version: isLogged ? 1 : 0 };
  return {
    n,
    in_conversation: conversationId,
    of_call: callId,
    named_call: isPostscript ? null : facts && named,
    called_at: isPostscript ? null : facts?.call.createdAt,
    event_key: event.key,
    logged: isLogged,
    postscript: isPostscript,
    event_row: isLogged ? toRecord(events, { repeats: 0, ...event, callId, conversationId }) : null,
    call_row: call && toRecord(calls, call),
    line_rows: about(lines, facts?.lines),
    mark_rows: about(marks, facts?.marks),
    tool_rows: about(toolCalls, facts?.toolCalls),
    report_row: facts?.report && toRecord(reports, { ...facts.report, callId }),
    monitor_row: monitor && toRecord(callMonitors, { ...monitor, callId }),
  };
}
