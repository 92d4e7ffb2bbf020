import "server-only";
import { and, asc, desc, eq, gt, gte, inArray, isNull, lt, lte, or, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { namesCaller } from "@/db/queries/reports/rows";
import { newestFirst, oldestFirst } from "@/db/rows";
import { calls } from "@/db/schema/calls";
import { callDocuments } from "@/db/schema/reports";
import { lexemeIn } from "@/db/text-search";
import { describeEndedReason, hangUpCodes, hungUpWaiting } from "@/lib/calls/ended-reason";
import { maskText } from "@/lib/calls/mask-text";
import { toDays } from "@/lib/periods";
import { type TextLanguage, textLanguages } from "@/lib/reports/document";
import type { ReportFilter, ReportQuery, ReportSort } from "@/lib/reports/filter";
import { parseTextQuery, type TextTerm } from "@/lib/reports/text-query";
import { toDayStart } from "@/lib/zone-time";
import { addDays, dayOf } from "@/lib/zones";

const d = callDocuments;

const columns = {
  newest: d.createdAt,
  oldest: d.createdAt,
  longest: d.durationSeconds,
  costliest: d.costUsd,
} as const;

/**
 * The list's order; ties are broken by id, reversed where an index is read backwards. No value is null, but Postgres uses an
 * index only for its exact order (db/rows.ts).
 */
export function reportOrder(sort: ReportSort): SQL[] {
  return sort === "oldest"
    ? [oldestFirst(d.createdAt), desc(d.callId)]
    : [newestFirst(columns[sort]), asc(d.callId)];
}

/** The condition for the calls after a page's last one. The first half is for the index, the second for ties. */
export function afterCursor({ sort, cursor }: Pick<ReportQuery, "sort" | "cursor">): SQL | undefined {
  if (!cursor) return undefined;
  const column = columns[sort];
  const value =
    column === d.createdAt ? sql.param(new Date(cursor.value), d.createdAt) : sql`${cursor.value}::float8`;
  if (sort === "oldest")
    return sql`(${column} >= ${value} and ${or(sql`${column} > ${value}`, lt(d.callId, cursor.id))})`;
  return sql`(${column} <= ${value} and ${or(sql`${column} < ${value}`, gt(d.callId, cursor.id))})`;
}

/** The cursor after this document. */
export function toCursor(
  sort: ReportSort,
  last: Pick<typeof d.$inferSelect, "callId" | "createdAt" | "durationSeconds" | "costUsd">,
): string {
  const value = {
    newest: last.createdAt.getTime(),
    oldest: last.createdAt.getTime(),
    longest: last.durationSeconds,
    costliest: last.costUsd,
  }[sort];
  return `${sort}_${value}_${last.callId}`;
}

/**
 * The condition that limits `conditions` to the first `count` documents in the order of time; null if there are fewer. Reads
 * only an index.
 */
export async function findWindow(
  db: Pick<Database, "select">,
  sort: "newest" | "oldest",
  conditions: SQL | undefined,
  count: number,
): Promise<SQL | null> {
  const [last] = await db
    .select({ createdAt: d.createdAt })
    .from(d)
    .where(conditions)
    .orderBy(...reportOrder(sort))
    .offset(count - 1)
    .limit(1);
  if (!last) return null;
  return sort === "newest" ? gte(d.createdAt, last.createdAt) : lte(d.createdAt, last.createdAt);
}

/**
 * The condition for calls with these words. Each language has its own stems, so the query is built for each, for the calls
 * in it. Viewers must not find a call by masked words, nor by their absence: the index narrows the calls down by all words,
 * then the masked words are checked. The caller's words have a higher weight (db/queries/reports/documents.ts), so a search
 * in the lowest weight finds only what was said.
 */
function textCondition(q: string, isMasked: boolean): SQL {
  const terms = parseTextQuery(q);
  if (terms.length === 0) return sql`false`;
  const { words, maskedWords, language } = callDocuments;
  const any = textLanguages.map((each) => {
    if (!isMasked) {
      return sql`(${language} = ${sql.raw(`'${each}'`)} and ${words} @@ ${toTsQuery(terms, each)})`;
    }
    const wanted = terms.filter(({ isNegated }) => !isNegated);
    const superset = wanted.length > 0 ? sql`${words} @@ ${toTsQuery(wanted, each)} and` : sql``;
    return sql`(${language} = ${sql.raw(`'${each}'`)} and ${superset} coalesce(${maskedWords}, ${words}) @@ ${toTsQuery(terms, each, "D")})`;
  });
  return sql`(${sql.join(any, sql` or `)})`;
}

/**
 * The terms as a tsquery; each word is a parameter, so that none can be an operator.
 * @param weight restricts the search to words of this weight
 */
function toTsQuery(terms: readonly TextTerm[], language: TextLanguage, weight: "" | "D" = ""): SQL {
  const parts = terms.map((term) =>
    term.isNegated ? sql`!!${toTermQuery(term, language, weight)}` : toTermQuery(term, language, weight),
  );
  return sql`(${sql.join(parts, sql` && `)})`;
}

function toTermQuery(
  { words, isPrefix, isLoose, numbers }: TextTerm,
  language: TextLanguage,
  weight: "" | "D",
): SQL {
  const asked = words.map((word, n) => {
    const typed = sql`${word}::text`;
    const isBeginning = isPrefix && n === words.length - 1;
    if (!isBeginning) return oneOf([lexemeIn(language, typed)], weight);
    return oneOf([typed, lexemeIn(language, typed)], `*${weight}`);
  });
  const together = sql`(${sql.join(asked, isLoose ? sql` && ` : sql` <-> `)})`;
  if (numbers.length === 0) return together;
  const inOnePiece = numbers.map((number) => sql`${number}::text`);
  return sql`(${together} || ${oneOf(inOnePiece, weight)})`;
}

/** Words contain only letters, marks and digits, so nothing needs escaping. */
function oneOf(lexemes: readonly SQL[], only: string): SQL {
  const ending = sql.raw(`'''${only && `:${only}`}'`);
  const asked = lexemes.map((lexeme) => sql`('''' || ${lexeme} || ${ending})::tsquery`);
  return sql`(${sql.join(asked, sql` || `)})`;
}

interface Asker {
  zone: string;
  /** Excludes masked data from the search. */
  isMasked: boolean;
}

/** `zone` is not a condition: it defines the days, weekdays and hours of the others. */
type ConditionName = Exclude<keyof ReportFilter, "zone">;

type Wanted<Name extends ConditionName> = NonNullable<ReportFilter[Name]>;

/** The condition of each filter. */
const conditions: {
  readonly [Name in ConditionName]: (value: Wanted<Name>, asker: Asker) => SQL | undefined;
} = {
  period: (period, asker) => {
    const { from, to } = toDays(period, dayOf(Date.now(), asker.zone));
    return and(conditions.from(from, asker), conditions.to(to, asker));
  },
  from: (from, { zone }) => gte(d.createdAt, toDayStart(from, zone)),
  to: (to, { zone }) => lt(d.createdAt, toDayStart(addDays(to, 1), zone)),
  assistant: (assistant) => eq(d.assistant, assistant),
  version: (version) =>
    sql`exists (select from ${calls} where ${calls.id} = ${d.callId} and ${calls.assistantVersion} = ${version})`,
  // Numbers are masked for viewers, so the filter finds them nothing.
  number: (number, { isMasked }) => (isMasked ? sql`false` : eq(d.number, number)),
  group: (group) => inArray(d.endedGroup, group),
  reason: reasonIs,
  weekday: (weekday, { zone }) => sql`extract(isodow from ${d.createdAt} at time zone ${zone}) = ${weekday}`,
  hour: (hour, { zone }) => sql`extract(hour from ${d.createdAt} at time zone ${zone}) = ${hour}`,
  minSeconds: (seconds) => gte(d.durationSeconds, seconds),
  maxSeconds: (seconds) => lte(d.durationSeconds, seconds),
  minCost: (usd) => gte(d.costUsd, usd),
  maxCost: (usd) => lte(d.costUsd, usd),
  success: (success) => (success === "unknown" ? isNull(d.isSuccess) : eq(d.isSuccess, success === "yes")),
  hang: (hang) => (hang === "yes" ? gt(d.hangs, 0) : eq(d.hangs, 0)),
  tag: (tags, { isMasked }) => and(...tagConditions(tags, isMasked)),
  score: scoreIs,
  ids: (ids) => inArray(d.callId, ids),
  q: (q, { isMasked }) => textCondition(q, isMasked),
};

/** The condition for a whole filter. */
export function reportConditions(filter: ReportFilter, isMasked: boolean): SQL | undefined {
  return pickConditions(Object.keys(conditions) as ConditionName[], filter, isMasked);
}

/** The condition for when calls were made. */
export function periodConditions(filter: ReportFilter): SQL | undefined {
  return pickConditions(["period", "from", "to"], filter, false);
}

function pickConditions(
  names: readonly ConditionName[],
  filter: ReportFilter,
  isMasked: boolean,
): SQL | undefined {
  const asker = { zone: filter.zone, isMasked };
  const toCondition = <Name extends ConditionName>(name: Name) => {
    const value: Wanted<Name> | undefined = filter[name] ?? undefined;
    return value === undefined ? undefined : conditions[name](value, asker);
  };
  return and(...names.map(toCondition));
}

/** @param isMasked a tag that contains the caller's name finds nothing for those who may not see the name */
function tagConditions(tags: readonly string[], isMasked: boolean): SQL[] {
  const hasAll = sql`${d.tags} @> array[${sql.join([...tags], sql`, `)}]::text[]`;
  if (!isMasked) return [hasAll];
  if (tags.some((tag) => maskText(tag) !== tag)) return [sql`false`];
  return [hasAll, ...tags.map((tag) => sql`not ${namesCaller(sql`${tag}::text`, d.callId)}`)];
}

/** Also checks the group, which is indexed and excludes most calls. */
function reasonIs(reason: string): SQL | undefined {
  const { group } = describeEndedReason(reason);
  const codes = reason === hungUpWaiting ? hangUpCodes : [reason];
  return and(
    group === null ? isNull(d.endedGroup) : eq(d.endedGroup, group),
    sql`exists (select from ${calls} where ${calls.id} = ${d.callId} and ${inArray(calls.endedReason, [...codes])})`,
  );
}

function scoreIs(score: NonNullable<ReportFilter["score"]>): SQL | undefined {
  const given = score.filter((each) => each !== "none").map(Number);
  return or(
    score.includes("none") ? isNull(d.score) : undefined,
    given.length > 0 ? and(sql`${d.score} is not null`, inArray(d.score, given)) : undefined,
  );
}
