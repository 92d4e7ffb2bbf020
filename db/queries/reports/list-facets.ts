import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { namesCaller } from "@/db/queries/reports/names-caller";
import { callDocuments } from "@/db/schema/call-documents";
import { callReviews } from "@/db/schema/call-reviews";
import { maskText } from "@/lib/calls/mask";
import type { ReportFacets } from "@/lib/reports/filter";

/** More than anybody reads in a list. */
const most = 500;

/**
 * What the archive can be narrowed by. Each value is found by jumping from one to the next in its index: as many steps
 * as there are values, however many calls.
 * @param isMasked leaves out our numbers, and tags that say who called
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
