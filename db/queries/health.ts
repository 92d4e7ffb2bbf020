import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { events } from "@/db/schema/events";
import { tickJobs } from "@/db/schema/operations";
import type { ReplyTimes } from "@/lib/health/detail";

/** Figures of one message type. */
interface TypeRow extends Record<string, unknown> {
  type: string;
  isAnswered: boolean;
  events: number;
  recorded: number;
  unknown: number;
  malformed: number;
  duplicate: number;
  lastMinute: number;
  /** p50, p95, p99; null without measurements. */
  times: [number, number, number] | null;
}

interface EventMeasures {
  replies: ReplyTimes[];
  outcomes: Record<"recorded" | "unknown" | "malformed" | "duplicate", number>;
  events: number;
  lastMinute: number;
  byType: readonly Pick<TypeRow, "type" | "recorded" | "unknown" | "malformed" | "duplicate">[];
}

/** Answer times and outcomes of the events of the last `minutes`, by message type. */
export async function measureEvents(db: Pick<Database, "execute">, minutes: number): Promise<EventMeasures> {
  const rows = await db.execute<TypeRow>(sql`
    select type, bool_or(answer is not null) as "isAnswered", count(*)::int as events,
      count(*) filter (where outcome = 'recorded')::int as recorded,
      count(*) filter (where outcome = 'unknown')::int as unknown,
      count(*) filter (where outcome = 'malformed')::int as malformed,
      coalesce(sum(repeats), 0)::int as duplicate,
      count(*) filter (where received_at > now() - interval '1 minute')::int as "lastMinute",
      to_jsonb(percentile_disc(array[0.5, 0.95, 0.99]) within group (order by took_ms)) as times
    from ${events} where received_at > now() - make_interval(mins => ${minutes}) and not is_fetched
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
    byType: rows,
  };
}

/**
 * Writes a minimal row and rolls it back.
 *
 * @throws when the database takes no writes: its disk is full (53100), it is read-only (25006), or it is unreachable
 */
export async function probeWrites(db: Pick<Database, "transaction">): Promise<void> {
  await db.transaction(async (tx) => {
    const probe = { name: "write-probe", begunAt: sql`now()` };
    await tx.insert(tickJobs).values(probe).onConflictDoUpdate({ target: tickJobs.name, set: probe });
    await tx.delete(tickJobs).where(sql`${tickJobs.name} = 'write-probe'`);
  });
}

interface StateRow extends Record<string, unknown> {
  lastEventAt: string | null;
  bytes: string;
  channels: number;
  admittedAt: string | null;
  rejectedAt: string | null;
  rejections: number;
  waiting: number;
  overdueSince: string | null;
  failed: number;
  jobs: { name: string; begunAt: string }[];
}

/**
 * The state of everything else that Health shows, in one round trip.
 * @param minutes the period in which failures are counted
 */
export async function readState(db: Pick<Database, "execute">, minutes: number): Promise<StateRow> {
  const [row] = await db.execute<StateRow>(sql`
    select
      (select max(received_at) from events where not is_fetched) as "lastEventAt",
      pg_database_size(current_database()) as bytes,
      (select count(*)::int from occupied_channels where is_occupied) as channels,
      (select max(last_used_at) from credential_uses) as "admittedAt",
      (select max(last_at) from webhook_rejections) as "rejectedAt",
      (select count(*)::int from webhook_rejections) as rejections,
      (select count(*)::int from notifications where state = 'waiting') as waiting,
      (select min(due_at) from notifications where state = 'waiting' and due_at < now() - interval '1 minute') as "overdueSince",
      (select count(*)::int from notifications
        where state = 'failed' and settled_at > now() - make_interval(mins => ${minutes})) as failed,
      coalesce(
        (select jsonb_agg(jsonb_build_object('name', name, 'begunAt', begun_at) order by name) from tick_jobs), '[]'
      ) as jobs
  `);
  if (!row) throw new Error("read-state returned no row");
  return row;
}

/** The time of a minimal query, in ms. */
export async function measurePing(db: Pick<Database, "execute">): Promise<number> {
  const from = performance.now();
  await db.execute(sql`select 1`);
  return performance.now() - from;
}
