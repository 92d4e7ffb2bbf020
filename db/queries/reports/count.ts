import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "@/db/client";
import { reportConditions } from "@/db/queries/reports/conditions";
import { namesCaller } from "@/db/queries/reports/rows";
import { callDocuments, callReviews } from "@/db/schema/reports";
import { maskText } from "@/lib/calls/mask-text";
import type { ReportCount } from "@/lib/reports/columns";
import type { ReportFacets, ReportFilter } from "@/lib/reports/filter";

/** The highest planner cost at which calls are counted, and time limits in ms, because the planner may be wrong. */
const mostCost = 8_000;
const mostMs = 40;
const mostMsOfText = 150;
/** Below this cost counting is slow only on a busy machine, so the limit is longer: "about 3 calls" would be no answer. */
const littleCost = 500;
const mostMsOfLittle = 1_000;

const planSchema = z.tuple([
  z.object({
    "QUERY PLAN": z.tuple([
      z.object({ Plan: z.object({ "Plan Rows": z.number(), "Total Cost": z.number() }) }),
    ]),
  }),
]);

/**
 * The number of calls that match a filter: counted if that is cheap, else Postgres's estimate.
 * @param timeoutMs the time limit for counting, in ms, in place of the usual one
 */
export async function countReports(
  db: Pick<Database, "execute" | "transaction">,
  filter: ReportFilter,
  { isMasked, timeoutMs }: { isMasked: boolean; timeoutMs?: number },
): Promise<ReportCount> {
  const conditions = reportConditions(filter, isMasked);
  const where = conditions ? sql`where ${conditions}` : sql``;
  const plan = planSchema.parse([
    ...(await db.execute(sql`explain (format json) select from ${callDocuments} ${where}`)),
  ]);
  const { "Plan Rows": rows, "Total Cost": cost } = plan[0]["QUERY PLAN"][0].Plan;
  const limitMs = timeoutMs ?? defaultTimeoutMs(cost, filter);
  const count = cost > mostCost ? null : await countWithin(db, where, limitMs);
  return count === null ? { count: rows, isExact: false } : { count, isExact: true };
}

function defaultTimeoutMs(cost: number, { q }: ReportFilter): number {
  if (cost <= littleCost) return mostMsOfLittle;
  return q === undefined ? mostMs : mostMsOfText;
}

/** The exact count, or null if it takes too long. */
async function countWithin(
  db: Pick<Database, "transaction">,
  where: SQL,
  limitMs: number,
): Promise<number | null> {
  try {
    return await db.transaction(async (tx) => {
      await tx.execute(sql.raw(`set local statement_timeout = ${limitMs}`));
      const [row] = await tx.execute<{ count: number }>(
        sql`select count(*)::int as count from ${callDocuments} ${where}`,
      );
      return row?.count ?? 0;
    });
  } catch (cause) {
    if (isTimeout(cause)) return null;
    throw cause;
  }
}

/** Postgres's `query_canceled` anywhere in the chain of causes. */
function isTimeout(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  return ("code" in cause && cause.code === "57014") || isTimeout(cause.cause);
}

/** More options than anyone reads. */
const most = 500;

/**
 * The options of the archive's filters. The queries for assistants and numbers skip from one value to the next in an index,
 * so they take as many steps as there are values, however many calls there are.
 * @param isMasked leaves out our numbers, and tags that contain the caller's name
 */
export async function listFacets(
  db: Pick<Database, "execute">,
  { isMasked }: { isMasked: boolean },
): Promise<ReportFacets> {
  const [assistants, numbers, tags] = await Promise.all([
    db.execute<{ id: string; name: string }>(sql`
      with recursive ${leap(sql`assistant`)}
      select value as id, coalesce((
        select assistant_name from ${callDocuments} where assistant = value order by created_at desc nulls last, call_id limit 1
      ), value) as name from leap where value <> '' order by name limit ${most}
    `),
    db.execute<{ value: string }>(sql`
      with recursive ${leap(sql`number`)} select value from leap where value <> '' order by value limit ${most}
    `),
    db.execute<{ value: string }>(sql`
      select distinct value from ${callReviews}, unnest(${callReviews.tags}) as value
      ${isMasked ? sql`where not ${namesCaller(sql`value`, callReviews.callId)}` : sql``}
      order by value limit ${most}
    `),
  ]);
  return {
    assistants: [...assistants],
    numbers: isMasked ? [] : numbers.map(({ value }) => value),
    tags: tags.map(({ value }) => value).filter((tag) => !isMasked || maskText(tag) === tag),
  };
}

function leap(column: SQL): SQL {
  return sql`leap (value, step) as (
    (select ${column}, 1 from ${callDocuments} order by ${column} limit 1)
    union all
    select (select ${column} from ${callDocuments} where ${column} > value order by ${column} limit 1), step + 1
    from leap where value is not null and step < ${most}
  )`;
}
