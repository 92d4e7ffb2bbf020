import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { measuresAsJson } from "@/db/queries/analytics/measure-sql";
import { callFigures } from "@/db/schema/call-figures";
import { calls } from "@/db/schema/calls";
import type { Measures } from "@/lib/analytics/figures";
import { findReplyPercentile } from "@/lib/analytics/figures";
import type { Pulse } from "@/lib/calls/pulse";

interface Counted extends Record<string, unknown> {
  isLast: boolean;
  calls: number;
  hung: number;
  measures: Measures | null;
}

/** How the 60 minutes before `now` went, and the 60 before those. Hangs count while calls still go on. */
export async function getPulse(db: Database, now: Date): Promise<Pulse> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const rows = await db.execute<Counted>(sql`
    select "isLast", coalesce(c.calls, 0) as "calls", coalesce(c.hung, 0) as "hung", f.measures
    from (values (true), (false)) as hours("isLast")
    left join (
      select created_at >= ${at} - interval '1 hour' as last, count(*)::integer as calls,
        (count(*) filter (where hangs > 0))::integer as hung
      from ${calls} where created_at > ${at} - interval '2 hours' and created_at <= ${at} group by 1
    ) c on c.last = "isLast"
    left join (
      select at >= ${at} - interval '1 hour' as last, ${measuresAsJson} as measures
      from ${callFigures} where at > ${at} - interval '2 hours' and at <= ${at} group by 1
    ) f on f.last = "isLast"
  `);
  const toHour = (counted: Counted | undefined): Pulse["hour"] => ({
    calls: counted?.calls ?? 0,
    hangRate: counted && counted.calls > 0 ? counted.hung / counted.calls : null,
    medianReplyMs: findReplyPercentile(counted?.measures?.replies ?? [], 0.5),
  });
  return {
    hour: toHour(rows.find(({ isLast }) => isLast)),
    before: toHour(rows.find(({ isLast }) => !isLast)),
  };
}
