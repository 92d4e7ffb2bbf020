import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { events } from "@/db/schema/events";
import type { ReplyTimes } from "@/lib/health/health";

interface TypeRow extends Record<string, unknown> {
  type: string;
  isAnswered: boolean;
  events: number;
  recorded: number;
  unknown: number;
  malformed: number;
  duplicate: number;
  lastMinute: number;
  /** p50, p95, p99; null while none was measured. */
  times: [number, number, number] | null;
}

export interface EventMeasures {
  replies: ReplyTimes[];
  outcomes: Record<"recorded" | "unknown" | "malformed" | "duplicate", number>;
  events: number;
  lastMinute: number;
}

/** What the event log says of the last `minutes`: how long answers took by type, and what became of deliveries. */
export async function measureEvents(db: Pick<Database, "execute">, minutes: number): Promise<EventMeasures> {
  const rows = await db.execute<TypeRow>(sql`
    select type, bool_or(answer is not null) as "isAnswered", count(*)::int as events,
      count(*) filter (where outcome = 'recorded')::int as recorded,
      count(*) filter (where outcome = 'unknown')::int as unknown,
      count(*) filter (where outcome = 'malformed')::int as malformed,
      coalesce(sum(repeats), 0)::int as duplicate,
      count(*) filter (where received_at > now() - interval '1 minute')::int as "lastMinute",
      to_jsonb(percentile_disc(array[0.5, 0.95, 0.99]) within group (order by took_ms)) as times
    from ${events} where received_at > now() - make_interval(mins => ${minutes})
    group by type order by "isAnswered" desc, events desc, type
  `);
  const sum = (name: "events" | "recorded" | "unknown" | "malformed" | "duplicate" | "lastMinute") =>
    rows.reduce((total, row) => total + row[name], 0);
  return {
    replies: rows.map(({ type, isAnswered, events: count, times }) => {
      const [p50, p95, p99] = times ?? [null, null, null];
      return { type, isAnswered, events: count, p50, p95, p99 };
    }),
    outcomes: {
      recorded: sum("recorded"),
      unknown: sum("unknown"),
      malformed: sum("malformed"),
      duplicate: sum("duplicate"),
    },
    events: sum("events"),
    lastMinute: sum("lastMinute"),
  };
}
