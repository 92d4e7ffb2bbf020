import "server-only";
import { and, eq, gt, gte, inArray, isNull, lt, lte, or, type SQL, sql } from "drizzle-orm";
import { namesCaller } from "@/db/queries/reports/names-caller";
import { textCondition } from "@/db/queries/reports/text-condition";
import { callDocuments } from "@/db/schema/call-documents";
import { calls } from "@/db/schema/calls";
import { describeEndedReason, hangUpCodes, hungUpWaiting } from "@/lib/calls/ended-reason";
import { maskText } from "@/lib/calls/mask";
import type { ReportFilter } from "@/lib/reports/filter";
import { nextDay, toDayStart } from "@/lib/reports/filter";

const d = callDocuments;

/**
 * Which documents a filter asks for.
 * @param isMasked leaves out of the search what whoever asks may not see
 */
export function reportConditions(filter: ReportFilter, isMasked: boolean): SQL | undefined {
  const {
    q,
    assistant,
    number,
    minSeconds,
    maxSeconds,
    minCost,
    maxCost,
    group,
    weekday,
    hour,
    zone,
    tag,
    ids,
  } = filter;
  return and(
    ...periodConditions(filter),
    assistant === undefined ? undefined : eq(d.assistant, assistant),
    // Hidden from viewers, so it finds them nothing either.
    number === undefined ? undefined : isMasked ? sql`false` : eq(d.number, number),
    group ? inArray(d.endedGroup, group) : undefined,
    reasonIs(filter.reason),
    weekday === undefined
      ? undefined
      : sql`extract(isodow from ${d.createdAt} at time zone ${zone}) = ${weekday}`,
    hour === undefined ? undefined : sql`extract(hour from ${d.createdAt} at time zone ${zone}) = ${hour}`,
    minSeconds === undefined ? undefined : gte(d.durationSeconds, minSeconds),
    maxSeconds === undefined ? undefined : lte(d.durationSeconds, maxSeconds),
    minCost === undefined ? undefined : gte(d.costUsd, minCost),
    maxCost === undefined ? undefined : lte(d.costUsd, maxCost),
    successIs(filter.success),
    filter.hang && (filter.hang === "yes" ? gt(d.hangs, 0) : eq(d.hangs, 0)),
    ...(tag ? tagConditions(tag, isMasked) : []),
    scoreIs(filter.score),
    ids ? inArray(d.callId, ids) : undefined,
    q === undefined ? undefined : textCondition(q, isMasked),
  );
}

/** @param isMasked a tag that says who called finds that call for nobody who may not see it */
function tagConditions(tags: readonly string[], isMasked: boolean): SQL[] {
  const hasAll = sql`${d.tags} @> array[${sql.join([...tags], sql`, `)}]::text[]`;
  if (!isMasked) return [hasAll];
  if (tags.some((tag) => maskText(tag) !== tag)) return [sql`false`];
  return [hasAll, ...tags.map((tag) => sql`not ${namesCaller(sql`${tag}::text`, d.callId)}`)];
}

/** The group, which has an index, is most of it. */
function reasonIs(reason: string | undefined): SQL | undefined {
  if (reason === undefined) return undefined;
  const { group } = describeEndedReason(reason);
  const codes = reason === hungUpWaiting ? hangUpCodes : [reason];
  return and(
    group === null ? isNull(d.endedGroup) : eq(d.endedGroup, group),
    sql`exists (select from ${calls} where ${calls.id} = ${d.callId} and ${inArray(calls.endedReason, [...codes])})`,
  );
}

function successIs(success: ReportFilter["success"]): SQL | undefined {
  if (success === undefined) return undefined;
  return success === "unknown" ? isNull(d.isSuccess) : eq(d.isSuccess, success === "yes");
}

function scoreIs(score: ReportFilter["score"]): SQL | undefined {
  if (!score) return undefined;
  const given = score.filter((each) => each !== "none").map(Number);
  return or(
    score.includes("none") ? isNull(d.score) : undefined,
    given.length > 0 ? and(sql`${d.score} is not null`, inArray(d.score, given)) : undefined,
  );
}

/** When the calls were made. */
export function periodConditions({
  from,
  to,
  zone,
}: Pick<ReportFilter, "from" | "to" | "zone">): (SQL | undefined)[] {
  return [
    from ? gte(d.createdAt, toDayStart(from, zone)) : undefined,
    to ? lt(d.createdAt, toDayStart(nextDay(to), zone)) : undefined,
  ];
}
