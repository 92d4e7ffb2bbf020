import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import {
  type Asked,
  callsOfDay,
  dayInSpan,
  isCurrent,
  isOf,
  isOnly,
  span,
} from "@/db/queries/analytics/figures";
import { callFigures, figureDays, stageRollups } from "@/db/schema/analytics";
import { reports } from "@/db/schema/reports";
import { billedStages, type StageSum, stageBins, stageEdgesMs } from "@/lib/analytics/stages";
import { latencyStages } from "@/lib/calls/report";

const list = (names: readonly string[]) =>
  sql`array[${sql.join(
    names.map((name) => sql`${name}`),
    sql`, `,
  )}]::text[]`;
const edges = sql.raw(`array[${stageEdgesMs.join(", ")}]::float8[]`);
const bins = Array.from({ length: stageBins }, (_, bin) => bin);

/** Sums the replies of rows with one bin each into an array of bins. */
const countedBins = sql.raw(
  `array[${bins.map((bin) => `coalesce(sum(replies) filter (where bin = ${bin}), 0)`).join(", ")}]::integer[]`,
);
/** Sums arrays of bins. */
const summedBins = sql.raw(`array[${bins.map((bin) => `coalesce(sum(replies[${bin + 1}]), 0)`).join(", ")}]`);

const hour = sql`date_bin('1 hour', at, timestamptz '2000-01-01 00:00Z')`;

/**
 * Reads the reports of these calls (`call_id, at, assistant, number`): one row for each service on the bill, and one
 * for each bin of a stage's latencies. Latencies are credited to the service with the largest share of the stage's
 * bill: a call has several only when one replaced another.
 */
const readStages = (calls: SQL) => sql`(
  with known as materialized (
    select c.call_id, c.at, c.assistant, c.number, r.costs,
      case when jsonb_typeof(r.latency->'turns') = 'array' then r.latency->'turns' end as turns
    from (${calls}) c join ${reports} r on r.call_id = c.call_id
  ), billed as (
    select call_id, item->>'kind' as stage, coalesce(item->>'provider', '') as provider, sum((item->>'usd')::float8) as usd
    from known, jsonb_array_elements(costs) item
    where item->>'kind' = any(${list(billedStages)})
    group by 1, 2, 3
  ), whose as (
    select distinct on (call_id, stage) call_id, stage, provider from billed order by call_id, stage, usd desc, provider
  ), took as (
    select call_id, stage, width_bucket((turn->>stage)::float8, ${edges}) as bin, count(*) as replies
    from known, jsonb_array_elements(turns) turn, unnest(${list(latencyStages)}) stage
    where turn->>stage is not null
    group by 1, 2, 3
  )
  select at, assistant, number, stage, provider, 1 as calls, usd as cost_usd, null::integer as bin, 0 as replies
  from billed join known using (call_id)
  union all
  select at, assistant, number, stage, coalesce(provider, ''), 0, 0, bin, replies
  from took join known using (call_id) left join whose using (call_id, stage)
)`;

/** Rolls up a UTC day. */
export const addUpStages = (day: string): SQL => sql`
  insert into ${stageRollups} (day, at, stage, provider, assistant, number, calls, cost_usd, replies)
  select ${day}::date, hour, stage, provider, assistant, number, sum(calls), sum(cost_usd), ${countedBins}
  from (select *, ${hour} as hour from ${readStages(sql`
    select call_id, at, assistant, number from ${callFigures}
    where at >= ${day}::timestamp at time zone 'UTC' and at < (${day}::timestamp + interval '1 day') at time zone 'UTC'`)} s) f
  group by grouping sets
    ((hour, stage, provider), (hour, stage, provider, assistant), (hour, stage, provider, number))`;

interface StageStep {
  /** The step's key, as in `StepBegin`. */
  at: Date;
  isCurrent: boolean;
  stage: string;
  provider: string;
  sum: StageSum;
}

/**
 * Sums the stages and services of the calls of a period and of the one before, by hour or day of the zone. Rolled-up
 * days have UTC hours, so in a zone half an hour off a step may begin half an hour late.
 */
export async function sumStages(db: Database, asked: Asked, unit: "hour" | "day"): Promise<StageStep[]> {
  const { assistant, number } = asked;
  const columns = sql`call_id, at, assistant, number`;
  const isRead = sql`d.rolled_stages is distinct from d.changes`;
  const isBoth = assistant !== null && number !== null;
  // With both filters there are so few calls that all are read one by one.
  const singly = isBoth
    ? sql`select ${columns} from ${callFigures} where ${span(asked)} and ${isOf(asked)}`
    : sql`select ${columns} from ${figureDays} d, ${callsOfDay(asked)} where ${isRead} and ${dayInSpan(asked)}`;
  const rolledUp = sql`
    union all
    select at, stage, provider, calls, cost_usd, replies from ${stageRollups}
    where ${span(asked)} and ${isOnly("assistant", assistant)} and ${isOnly("number", number)}
      and day in (select day from ${figureDays} where rolled_stages = changes)`;
  const rows = await db.execute<Omit<StageStep, "at"> & { at: string }>(sql`
    select date_trunc(${unit}, at, ${asked.zone}) as at, is_current as "isCurrent", stage, provider, jsonb_build_object(
      'calls', sum(calls), 'costUsd', sum(cost_usd), 'replies', ${summedBins}) as sum
    from (
      select *, ${isCurrent(asked)} as is_current from (
        select at, stage, provider, sum(calls) as calls, sum(cost_usd) as cost_usd, ${countedBins} as replies
        from ${readStages(singly)} s group by 1, 2, 3
        ${isBoth ? sql`` : rolledUp}
      ) s
    ) f
    where is_current is not null
    group by 1, 2, 3, 4
  `);
  return rows.map(({ at, ...step }) => ({ ...step, at: new Date(at) }));
}
