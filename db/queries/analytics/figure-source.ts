import { type SQL, sql } from "drizzle-orm";
import { measureNames } from "@/db/queries/analytics/measure-sql";
import { callFigures } from "@/db/schema/call-figures";
import { figureDays } from "@/db/schema/figure-days";
import { figureRollups } from "@/db/schema/figure-rollups";

/** Moments as SQL, a period and the one before it; and which calls of theirs. */
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

/** True for what is counted now, false for what was counted before; null for what is neither. */
export function isCurrent({ from, until, beforeFrom, beforeUntil }: Asked): SQL {
  return sql`case when at >= ${moment(from)} and at < ${moment(until)} then true
    when at >= ${moment(beforeFrom)} and at < ${moment(beforeUntil)} then false end`;
}

const span = ({ beforeFrom, until }: Asked) => sql`at >= ${moment(beforeFrom)} and at < ${moment(until)}`;

const filter = ({ assistant, number }: Asked) =>
  sql`${assistant === null ? sql`true` : sql`assistant = ${assistant}`} and ${number === null ? sql`true` : sql`number = ${number}`}`;

/** Days that are added up, and nothing has changed since. */
const fresh = sql`select day from ${figureDays} where rolled_changes = changes`;

/**
 * Rows to add up by time, in the zone's own hours and days: quarter hours of the days that are added up, single calls of the others.
 * Both filters at once leave so few calls that they are always read singly.
 */
export function sourceByTime(asked: Asked): SQL {
  const { assistant, number } = asked;
  if (assistant !== null && number !== null) {
    return sql`select at, ${measureNames} from ${callFigures} where ${span(asked)} and ${filter(asked)}`;
  }
  return sql`
    select at, ${measureNames} from ${figureRollups}
    where grain = 'quarter' and reason is null and ${span(asked)} and day in (${fresh})
      and ${only("assistant", assistant)} and ${only("number", number)}
    union all
    select at, ${measureNames} from ${figureDays} d, ${callsOfDay(asked)}
    where d.rolled_changes is distinct from d.changes and ${dayInSpan(asked)}`;
}

/**
 * Rows to add up by one dimension: whole days that are added up, single calls of the others and of the days that only partly
 * belong to a period.
 */
export function sourceBy(dimension: "assistant" | "number" | "reason", asked: Asked): SQL {
  const name = dimension === "assistant" ? sql`assistant_name` : sql`null::text as assistant_name`;
  const columns = sql`at, ${sql.identifier(dimension)} as key, ${name}, ${measureNames}`;
  const { assistant, number } = asked;
  if (assistant !== null && number !== null) {
    return sql`select ${columns} from ${callFigures} where ${span(asked)} and ${filter(asked)}`;
  }
  const wanted = (column: "assistant" | "number" | "reason", value: string | null) =>
    column === dimension && value === null ? sql`${sql.identifier(column)} is not null` : only(column, value);
  return sql`
    select ${columns} from ${figureRollups}
    where grain = 'day' and ${span(asked)} and day in (${fresh}) and day in (${wholeDays(asked)})
      and ${wanted("assistant", assistant)} and ${wanted("number", number)} and ${wanted("reason", null)}
    union all
    select ${columns} from ${figureDays} d, ${callsOfDay(asked)}
    where (d.rolled_changes is distinct from d.changes or d.day not in (${wholeDays(asked)}))
      and ${dayInSpan(asked)}`;
}

const dayInSpan = ({ beforeFrom, until }: Asked) =>
  sql`d.day >= (${moment(beforeFrom)} at time zone 'UTC')::date and d.day <= (${moment(until)} at time zone 'UTC')::date`;

const only = (column: "assistant" | "number" | "reason", value: string | null) =>
  value === null ? sql`${sql.identifier(column)} is null` : sql`${sql.identifier(column)} = ${value}`;

/** Single calls of one day `d`. `offset 0` keeps them from being looked for in the whole span first: there are few such days. */
const callsOfDay = (asked: Asked) => sql`lateral (
  select * from ${callFigures}
  where at >= d.day::timestamp at time zone 'UTC' and at < (d.day + 1)::timestamp at time zone 'UTC'
    and ${span(asked)} and ${filter(asked)}
  offset 0
) of_day`;

/** Days of UTC that lie wholly in either period. */
function wholeDays({ from, until, beforeFrom, beforeUntil }: Asked): SQL {
  const begins = sql`day::timestamp at time zone 'UTC'`;
  const ends = sql`(day + 1)::timestamp at time zone 'UTC'`;
  return sql`select day from ${figureDays}
    where (${begins} >= ${moment(from)} and ${ends} <= ${moment(until)})
      or (${begins} >= ${moment(beforeFrom)} and ${ends} <= ${moment(beforeUntil)})`;
}
