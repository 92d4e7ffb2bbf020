import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";

export interface StateRow extends Record<string, unknown> {
  lastEventAt: string | null;
  bytes: string;
  channels: number;
  admittedAt: string | null;
  refusedAt: string | null;
  refusals: number;
  waiting: number;
  overdueSince: string | null;
  failed: number;
  jobs: { name: string; begunAt: string }[];
}

/** The state of everything around the event log, in one round trip. @param minutes the period failures are counted in */
export async function readState(db: Pick<Database, "execute">, minutes: number): Promise<StateRow> {
  const [row] = await db.execute<StateRow>(sql`
    select
      (select max(received_at) from events) as "lastEventAt",
      pg_database_size(current_database()) as bytes,
      (select count(*)::int from occupied_channels where is_occupied) as channels,
      (select max(last_used_at) from credential_uses) as "admittedAt",
      (select max(last_at) from webhook_refusals) as "refusedAt",
      (select count(*)::int from webhook_refusals) as refusals,
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
