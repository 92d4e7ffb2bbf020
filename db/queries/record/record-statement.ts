import "server-only";
import { getTableColumns, type SQL, sql } from "drizzle-orm";
import { PgDialect, type PgTable } from "drizzle-orm/pg-core";
import { lineRules, mergeLine } from "@/db/queries/calls/lines";
import { assignRules, type JoinRules, joinedRows, joinRows } from "@/db/queries/record/join-rows";
import { callRules, mergeCall } from "@/db/queries/record/merge-call";
import { columnList, columnName, rowOf, rowsOf, takeExcluded } from "@/db/rows";
import { calls, lines, marks, toolCalls } from "@/db/schema/calls";
import { callMonitors } from "@/db/schema/control";
import { conversations } from "@/db/schema/conversations";
import { events } from "@/db/schema/events";
import { deletedCalls } from "@/db/schema/reconciliation";
import { reports } from "@/db/schema/reports";
import type { StoredStatement } from "@/db/stored-statement";
import { liveStatuses } from "@/lib/calls/call";

const reportColumns = Object.values(getTableColumns(reports)).map(columnName);

/** Whether the incoming row replaces the stored one; with equal ranks the greater row wins, in both orders. */
const outdoes = (table: PgTable, by: string) => {
  const [is, was] = [sql.raw(`excluded."${by}"`), sql`${table}.${sql.identifier(by)}`];
  return sql`(${is} > ${was} or ${is} = ${was} and excluded.* > ${table}.*)`;
};

const toolCallColumns = ["name", "arguments", "asked_at", "answered_at", "result", "error", "rank"];

/** If two events report a tool call, the one with the higher rank wins; warnings come only from histories. */
const takeStronger = sql.join(
  toolCallColumns.map((name) => {
    const [was, is] = [sql`${toolCalls}.${sql.identifier(name)}`, sql`excluded.${sql.identifier(name)}`];
    return sql`${sql.identifier(name)} = case when ${outdoes(toolCalls, "rank")} then ${is} else ${was} end`;
  }),
  sql`, `,
);

/** How an incoming tool call is merged with the stored one. */
export const joinToolCall = sql`
  on conflict ("call_id", "id", "asked") do update set
    ${takeStronger}, "warnings" = greatest(${toolCalls}."warnings", excluded."warnings")
    where ${outdoes(toolCalls, "rank")} or excluded."warnings" > coalesce(${toolCalls}."warnings", 'null')`;

export const joinReport = sql`
  on conflict ("call_id") do update set ${takeExcluded(reportColumns)}
    where ${outdoes(reports, "at")}`;

/** A URL missing from one event is taken from the other. */
const monitorRules: JoinRules = new Map([
  ["sealed_control_url", sql`coalesce(excluded."sealed_control_url", m."sealed_control_url")`],
  ["sealed_listen_url", sql`coalesce(excluded."sealed_listen_url", m."sealed_listen_url")`],
  ...["is_control_off", "is_listen_off", "digest"].map((name): [string, SQL] => [
    name,
    sql`excluded.${sql.identifier(name)}`,
  ]),
]);

/** Unchanged rows are not written. */
export const joinMonitor = sql`
  on conflict ("call_id") do update set ${assignRules(monitorRules)} where m."digest" <> excluded."digest"`;

/** Without `recordedIn`, because its default applies only if the column is not named. */
const eventColumns = columnList(events, [events.recordedIn]);

const isLive = sql.raw(`call."status" in (${liveStatuses.map((status) => `'${status}'`).join(", ")})`);

/**
 * The statement's input for each delivery: rows as JSON, and what connects them. `n`: its position. `erased`: its call was
 * deleted, and nothing of it is stored again.
 */
const deliveries = sql`
select d.*, not postscript and exists (select from ${deletedCalls} x where x."call_id" = d.of_call) as erased
from rows from (jsonb_to_recordset($1::jsonb) as (
  in_conversation uuid, of_call text, named_call text, called_at timestamptz, event_key uuid, logged boolean,
  postscript boolean, event_row jsonb, call_row jsonb, line_rows jsonb, mark_rows jsonb, tool_rows jsonb, report_row jsonb, monitor_row jsonb
)) with ordinality as d(
  in_conversation, of_call, named_call, called_at, event_key, logged,
  postscript, event_row, call_row, line_rows, mark_rows, tool_rows, report_row, monitor_row, n
)`;

const fresh = sql`gate join delivery d using (n)`;

/** Selected from first, so that the conversations' rows are written and locked before others. */
const conversationsFirst = sql`(select count(*) from conversation) conversations_first`;

/** The rows of all deliveries, ordered by key. */
const rows = {
  events: sql`select n, event_key, event_row, 1 as copies from delivery where logged and not erased`,
  calls: sql`
    select n, r.* from ${fresh}, ${rowOf(calls, "call_row")}
    where call_row is not null and (not postscript or exists (select from ${calls} known where known."id" = of_call))`,
  lines: sql`select n, r.* from ${fresh}, ${rowsOf(lines, "line_rows")}`,
  monitors: sql`
    select n, r.* from ${fresh}, ${rowOf(callMonitors, "monitor_row")}
    where monitor_row is not null and exists (select from call where call."id" = of_call and ${isLive})`,
};

const inOrder = (table: PgTable, of: SQL, key: SQL) =>
  sql`select ${columnList(table)} from (${of}) as one order by ${key}`;

/** The statement's parts when no two deliveries have the same call or event. */
const apart = {
  ctes: sql``,
  events: rows.events,
  calls: inOrder(calls, rows.calls, sql`"id"`),
  lines: inOrder(lines, rows.lines, sql`"call_id", "key"`),
  toolCalls: sql`
    select ${columnList(toolCalls)} from ${fresh}, ${rowsOf(toolCalls, "tool_rows")} order by "call_id", "id", "asked"`,
  monitors: inOrder(callMonitors, rows.monitors, sql`"call_id"`),
};

const callRow = { name: "call_joined", table: calls, keys: ["id"] };
const lineRow = { name: "line_joined", table: lines, keys: ["call_id", "key"] };
const monitorRow = { name: "monitor_joined", table: callMonitors, keys: ["call_id"] };

const strongestToolCall = sql.join(
  Object.values(getTableColumns(toolCalls)).map((column) => {
    const mostWarned = sql`first_value(r."warnings") over (partition by r."call_id", r."id", r."asked" order by r."warnings" desc nulls last)`;
    return columnName(column) === "warnings" ? mostWarned : sql`r.${sql.identifier(columnName(column))}`;
  }),
  sql`, `,
);

/**
 * The same when deliveries share a call or event: rows are merged as if they had come one after the other. It costs the
 * database a fifth more, so it is used only when events of one call wait for each other.
 */
const toTogether = (): typeof apart => ({
  ctes: sql`${joinRows({ ...callRow, rows: rows.calls, rules: callRules(), was: "c" })},
    ${joinRows({ ...lineRow, rows: rows.lines, rules: lineRules, was: "lines" })},
    ${joinRows({ ...monitorRow, rows: rows.monitors, rules: monitorRules, was: "m" })},`,
  events: sql`
    select distinct on (event_key) n, event_key, copies, case when copies = 1 then event_row
      else event_row || jsonb_build_object('repeats', copies - 1, 'repeated_at', last_at) end as event_row
    from (
      select n, event_key, event_row, count(*) over (partition by event_key) as copies,
        max(event_row->>'received_at') over (partition by event_key) as last_at
      from delivery where logged and not erased
    ) as one order by event_key, n`,
  calls: joinedRows(callRow),
  lines: joinedRows(lineRow),
  toolCalls: sql`
    select distinct on (r."call_id", r."id", r."asked") ${strongestToolCall}
    from ${fresh}, ${rowsOf(toolCalls, "tool_rows")} order by r."call_id", r."id", r."asked", r."rank" desc, r desc`,
  monitors: joinedRows(monitorRow),
});

/**
 * One statement and one round trip for many deliveries. Everything depends on `gate`, which has a row only for an event whose
 * key is new: a repeated delivery is counted and changes nothing else. Conversations are written first, then events, then
 * calls, each ordered by key, as everywhere (db/queries/record/record-delivery.ts), so that concurrent statements wait for each
 * other without deadlocks.
 */
function toStatement(of: typeof apart): string {
  return new PgDialect({ casing: "snake_case" }).sqlToQuery(sql`
  with recursive delivery as materialized (${deliveries}), conversation as (
    insert into ${conversations} as k ("id", "last_call_id", "last_call_at")
    select distinct on (in_conversation) in_conversation, named_call, called_at from delivery d
    where in_conversation is not null and not postscript and not erased and not exists (
      select from ${conversations} o
      where o."id" = d.in_conversation and (d.named_call is null or o."last_call_at" >= d.called_at)
    )
    order by in_conversation, called_at desc nulls last
    on conflict ("id") do update
      set "last_call_id" = excluded."last_call_id", "last_call_at" = excluded."last_call_at"
      where excluded."last_call_at" > coalesce(k."last_call_at", '-infinity')
    returning k."id", k."context", k."has_orphans", k."last_call_id"
  ), logged_event as materialized (${of.events}), event as (
    insert into ${events} (${eventColumns}) select ${eventColumns}
    from ${conversationsFirst}, logged_event, ${rowOf(events, "event_row")} order by event_key
    on conflict ("key") do update
      set "repeats" = ${events}."repeats" + excluded."repeats" + 1,
        "repeated_at" = coalesce(excluded."repeated_at", excluded."received_at")
    returning "key", "repeats"
  ), gate as (
    select n from ${conversationsFirst}, delivery d left join logged_event e using (n) left join event on event."key" = e.event_key
    where not erased and (not logged or event."repeats" < copies)
  ), ${of.ctes} call as (
    insert into ${calls} as c (${columnList(calls)}) ${of.calls}
    on conflict ("id") do update set ${mergeCall()}
    returning *
  ), line as (
    insert into ${lines} (${columnList(lines)}) ${of.lines}
    ${mergeLine()}
  ), mark as (
    insert into ${marks} (${columnList(marks)}) select ${columnList(marks)}
    from ${fresh}, ${rowsOf(marks, "mark_rows")}
    where exists (select from call where call."id" = of_call) order by "call_id", "key"
    on conflict do nothing
  ), tool_call as (
    insert into ${toolCalls} (${columnList(toolCalls)}) ${of.toolCalls}
    ${joinToolCall}
  ), report as (
    insert into ${reports} (${columnList(reports)}) select distinct on (r."call_id") ${columnList(reports)}
    from ${fresh}, ${rowOf(reports, "report_row")} where report_row is not null order by r."call_id", r."at" desc, r desc
    ${joinReport}
  ), monitor as (
    insert into ${callMonitors} as m (${columnList(callMonitors)}) ${of.monitors}
    ${joinMonitor}
  ), monitor_of_ended as (
    delete from ${callMonitors} m using call where m."call_id" = call."id" and not ${isLive}
  )
  select
    gate.n is not null as "isFresh",
    -- Once for all of its deliveries: with the last of them.
    case when gate.n = max(gate.n) over (partition by of_call) then to_jsonb(call) end as "call",
    case when in_conversation is not null
      then coalesce(conversation."context", k."context", '{}'::jsonb) end as "context",
    -- True also for a call that is known already: the process that was to adopt them may have died.
    coalesce(not erased and coalesce(conversation."has_orphans", k."has_orphans")
      and coalesce(conversation."last_call_id", k."last_call_id") = named_call, false) as "hasOrphans"
  from delivery d left join gate using (n)
    left join call on call."id" = of_call
    left join conversation on conversation."id" = in_conversation
    left join ${conversations} k on k."id" = in_conversation
  order by d.n
`).sql;
}

const returns = `"isFresh" boolean, "call" jsonb, "context" jsonb, "hasOrphans" boolean`;

/** For deliveries that share no call or event. */
const recordApart: StoredStatement = {
  name: "record_apart_ca10e4a0",
  returns,
  toText: once(() => toStatement(apart)),
};

/** For any deliveries. */
const recordShared: StoredStatement = {
  name: "record_shared_9d735405",
  returns,
  toText: once(() => toStatement(toTogether())),
};

/** Both, as the database keeps them. */
export const recordStatements: readonly StoredStatement[] = [recordApart, recordShared];

/** The statement for deliveries of which some share a call or event, or none do. */
export const recordStatement = (isShared: boolean): StoredStatement =>
  isShared ? recordShared : recordApart;

/** Building a text takes long enough to delay the first answer after a cold start, and most processes need neither. */
function once(make: () => string): () => string {
  let made: string | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
