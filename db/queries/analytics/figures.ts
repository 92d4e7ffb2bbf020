import "server-only";
import { getTableColumns, inArray, lte, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { toCall, toMark } from "@/db/queries/calls/rows";
import { columnName, fromRecord } from "@/db/rows";
import { type CallFigures, callFigures, figureDays, figureRollups } from "@/db/schema/analytics";
import { type CallRow, calls, marks } from "@/db/schema/calls";
import { reports } from "@/db/schema/reports";
import { replyBins, toMeasures } from "@/lib/analytics/figures";
import { isOver } from "@/lib/calls/call";
import { toEndCode } from "@/lib/calls/ended-reason";
import type { Mark } from "@/lib/calls/parts";
import { latencyStages } from "@/lib/calls/report";

type Reported = Pick<typeof reports.$inferSelect, "latency" | "transfers">;

const { callId: _, ...changing } = getTableColumns(callFigures);

/**
 * Derives and stores the figures of the ended calls among these. Call, marks and report are read in one snapshot, and
 * an older version never replaces a newer one, so order and repetition do not matter.
 */
export async function deriveFigures(db: Database, callIds: readonly string[]): Promise<void> {
  if (callIds.length === 0) return;
  const found = await db
    .select({
      call: sql<Record<string, unknown>>`to_jsonb(${calls})`,
      marks: sql<Record<string, unknown>[]>`coalesce(
        (select jsonb_agg(to_jsonb(${marks})) from ${marks} where ${marks.callId} = ${calls.id}), '[]'::jsonb)`,
      report: sql<Reported | null>`(
        select jsonb_build_object('latency', ${reports.latency}, 'transfers', ${reports.transfers})
        from ${reports} where ${reports.callId} = ${calls.id})`,
    })
    .from(calls)
    .where(inArray(calls.id, [...callIds]));
  const figures = found
    .map((record) => ({
      call: fromRecord(calls, record.call),
      marks: record.marks.map((mark) => toMark(fromRecord(marks, mark))),
      report: record.report,
    }))
    .filter(({ call }) => isOver(call.status))
    .map((known) => toFigures(known.call, known.marks, known.report));
  if (figures.length === 0) return;
  await db
    .insert(callFigures)
    // Sorted, so that concurrent writers do not deadlock.
    .values(figures.toSorted((a, b) => (a.callId < b.callId ? -1 : 1)))
    .onConflictDoUpdate({
      target: callFigures.callId,
      set: Object.fromEntries(
        Object.entries(changing).map(([key, column]) => [key, sql.raw(`excluded.${columnName(column)}`)]),
      ),
      // The same version is written again when its rules have changed.
      setWhere: lte(callFigures.callVersion, sql.raw("excluded.call_version")),
    });
}

function toFigures(row: CallRow, itsMarks: readonly Mark[], report: Reported | null): CallFigures {
  // Figures count only whether the caller waited; final lines would only add for how long.
  const call = toCall(row, { marks: itsMarks, lines: [] });
  const { replies, stageMs, stageReplies, ...measures } = toMeasures(call, itsMarks, report);
  return {
    callId: row.id,
    callVersion: row.version,
    at: row.createdAt,
    assistant: row.assistantId ?? row.assistantName ?? "",
    assistantName: row.assistantName,
    version: row.assistantVersion ?? "",
    number: row.phoneNumber ?? "",
    reason: toEndCode(call) ?? "",
    ...measures,
    replies: [...replies],
    stageMs: [...stageMs],
    stageReplies: [...stageReplies],
  };
}

const counts = ["calls", "costed", "hung", "transferred", "measured", "assistant_turns", "interruptions"];
const times = ["duration_ms", "measured_ms", "user_ms", "assistant_ms", "silent_ms"];
const stages = (name: string) => latencyStages.map((_, index) => `sum(${name}[${index + 1}])`);
const bins = Array.from({ length: replyBins }, (_, index) => `sum(replies[${index + 1}])`);

/** The columns of the measures, in the order of `summedMeasures`. */
export const measureNames: SQL = sql.raw(
  [...counts, ...times, "cost_usd", "replies", "stage_ms", "stage_replies"].join(", "),
);

/** The same columns summed over a group. */
export const summedMeasures: SQL = sql.raw(
  [
    ...counts.map((name) => `sum(${name})::integer as ${name}`),
    ...times.map((name) => `sum(${name})::bigint as ${name}`),
    "sum(cost_usd) as cost_usd",
    `array[${bins.join(", ")}]::integer[] as replies`,
    `array[${stages("stage_ms").join(", ")}] as stage_ms`,
    `array[${stages("stage_replies").join(", ")}]::integer[] as stage_replies`,
  ].join(", "),
);

/** The same sums as a JSON object in the shape of lib/analytics/figures.ts. */
export const measuresAsJson: SQL = sql.raw(
  `jsonb_build_object(${[
    ...[...counts, ...times].map((name) => `'${camel(name)}', coalesce(sum(${name}), 0)`),
    "'costUsd', coalesce(sum(cost_usd), 0)",
    `'replies', ${sumsOf(bins)}`,
    `'stageMs', ${sumsOf(stages("stage_ms"))}`,
    `'stageReplies', ${sumsOf(stages("stage_replies"))}`,
  ].join(", ")})`,
);

function sumsOf(sums: readonly string[]): string {
  return `array[${sums.map((sum) => `coalesce(${sum}, 0)`).join(", ")}]`;
}

function camel(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The requested period, the one before it, and the filters. */
export interface Asked {
  from: Date;
  until: Date;
  beforeFrom: Date;
  beforeUntil: Date;
  zone: string;
  assistant: string | null;
  number: string | null;
}

const moment = (at: Date) => sql`${at.toISOString()}::timestamptz`;

/** True for the current period, false for the one before, null for neither. */
export function isCurrent({ from, until, beforeFrom, beforeUntil }: Asked): SQL {
  return sql`case when at >= ${moment(from)} and at < ${moment(until)} then true
    when at >= ${moment(beforeFrom)} and at < ${moment(beforeUntil)} then false end`;
}

export const span = ({ beforeFrom, until }: Asked) =>
  sql`at >= ${moment(beforeFrom)} and at < ${moment(until)}`;

/** The condition for the requested assistant and number. */
export const isOf = ({ assistant, number }: Asked) =>
  sql`${assistant === null ? sql`true` : sql`assistant = ${assistant}`} and ${number === null ? sql`true` : sql`number = ${number}`}`;

/** Days that are rolled up and unchanged since. */
const fresh = sql`select day from ${figureDays} where rolled_changes = changes`;

/**
 * Rows to sum by time, in hours and days of the zone: quarter hours of rolled-up days, single calls of the others. With both
 * filters there are so few calls that all are read one by one.
 */
export function sourceByTime(asked: Asked): SQL {
  const { assistant, number } = asked;
  if (assistant !== null && number !== null) {
    return sql`select at, ${measureNames} from ${callFigures} where ${span(asked)} and ${isOf(asked)}`;
  }
  return sql`
    select at, ${measureNames} from ${figureRollups}
    where grain = 'quarter' and reason is null and ${span(asked)} and day in (${fresh})
      and ${isOnly("assistant", assistant)} and ${isOnly("number", number)}
    union all
    select at, ${measureNames} from ${figureDays} d, ${callsOfDay(asked)}
    where d.rolled_changes is distinct from d.changes and ${dayInSpan(asked)}`;
}

export type Dimension = "assistant" | "version" | "number" | "reason";

/** Separates an assistant from its version in a key. */
export const versionMark = "\u001f";

/** Rows to sum by one dimension: whole rolled-up days; single calls of the other days and of days only partly in the period. */
export function sourceBy(dimension: Dimension, asked: Asked): SQL {
  const hasName = dimension === "assistant" || dimension === "version";
  const name = hasName ? sql`assistant_name` : sql`null::text as assistant_name`;
  // A version is unique only within its assistant.
  const key =
    dimension === "version" ? sql`assistant || ${versionMark}::text || version` : sql.identifier(dimension);
  const columns = sql`at, ${key} as key, ${name}, ${measureNames}`;
  const { assistant, number } = asked;
  if (assistant !== null && number !== null) {
    return sql`select ${columns} from ${callFigures} where ${span(asked)} and ${isOf(asked)}`;
  }
  const wanted = (column: Dimension, value: string | null) =>
    (column === dimension || (column === "assistant" && dimension === "version")) && value === null
      ? sql`${sql.identifier(column)} is not null`
      : isOnly(column, value);
  return sql`
    select ${columns} from ${figureRollups}
    where grain = 'day' and ${span(asked)} and day in (${fresh}) and day in (${wholeDays(asked)})
      and ${wanted("assistant", assistant)} and ${wanted("number", number)} and ${wanted("reason", null)}
      and ${wanted("version", null)}
    union all
    select ${columns} from ${figureDays} d, ${callsOfDay(asked)}
    where (d.rolled_changes is distinct from d.changes or d.day not in (${wholeDays(asked)}))
      and ${dayInSpan(asked)}`;
}

export const dayInSpan = ({ beforeFrom, until }: Asked) =>
  sql`d.day >= (${moment(beforeFrom)} at time zone 'UTC')::date and d.day <= (${moment(until)} at time zone 'UTC')::date`;

/** Selects the sums of one value or, for null, those of all values together. */
export const isOnly = (column: Dimension, value: string | null) =>
  value === null ? sql`${sql.identifier(column)} is null` : sql`${sql.identifier(column)} = ${value}`;

/** Single calls of a day `d`. `offset 0` keeps Postgres from searching the whole period first: there are few such days. */
export const callsOfDay = (asked: Asked) => sql`lateral (
  select * from ${callFigures}
  where at >= d.day::timestamp at time zone 'UTC' and at < (d.day + 1)::timestamp at time zone 'UTC'
    and ${span(asked)} and ${isOf(asked)}
  offset 0
) of_day`;

/** UTC days that lie wholly in either period. */
function wholeDays({ from, until, beforeFrom, beforeUntil }: Asked): SQL {
  const begins = sql`day::timestamp at time zone 'UTC'`;
  const ends = sql`(day + 1)::timestamp at time zone 'UTC'`;
  return sql`select day from ${figureDays}
    where (${begins} >= ${moment(from)} and ${ends} <= ${moment(until)})
      or (${begins} >= ${moment(beforeFrom)} and ${ends} <= ${moment(beforeUntil)})`;
}
