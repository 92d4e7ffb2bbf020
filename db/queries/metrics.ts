import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";

interface Counted {
  label: string;
  count: number;
}

/** Counts of the current state, grouped by label. */
interface StandingRow extends Record<string, unknown> {
  /** Live calls by Vapi's status. */
  calls: Counted[];
  /** Open, unresolved alerts by kind. */
  alerts: Counted[];
  /** Notifications waiting to be sent, by kind of channel or, to a person, by how they are reached. */
  waiting: Counted[];
  /** Notifications given up within the last hour, by the same. */
  failed: Counted[];
  /** Items that jobs have set aside, by job. */
  setAside: Counted[];
  /** Recordings waiting to be copied. */
  recordings: number;
  /** Ended calls that are not in the archive yet. */
  undocumented: number;
}

/** Reads it in one round trip, from partial indexes where a table grows. */
export async function readStanding(db: Pick<Database, "execute">): Promise<StandingRow> {
  const [row] = await db.execute<StandingRow>(sql`
    with counted(of, label, count) as (
      select 'calls', status, count(*)::int from calls
        where status in ('queued', 'ringing', 'in-progress', 'forwarding') group by 2
      union all
      select 'alerts', kind, count(*)::int from alerts where closed_at is null and resolved_at is null group by 2
      union all
      select 'waiting', coalesce(c.kind, n.via), count(*)::int from notifications n
        left join notification_channels c on c.id = n.channel_id where n.state = 'waiting' group by 2
      union all
      select 'failed', coalesce(c.kind, n.via), count(*)::int from notifications n
        left join notification_channels c on c.id = n.channel_id
        where n.state = 'failed' and n.settled_at > now() - interval '1 hour' group by 2
      union all
      select 'setAside', job, count(*)::int from set_aside group by 2
    )
    select
      ${listOf("calls")}, ${listOf("alerts")}, ${listOf("waiting")}, ${listOf("failed")}, ${listOf("setAside")},
      (select count(*)::int from recording_copies where state = 'waiting') as recordings,
      (select count(*)::int from (
        select from calls where documented_version is null
          and status not in ('queued', 'ringing', 'in-progress', 'forwarding', 'scheduled') limit 10000
      ) as late) as undocumented
  `);
  if (!row) throw new Error("read-standing returned no row");
  return row;
}

function listOf(name: string) {
  const of = sql.raw(`'${name}'`);
  return sql`coalesce((
    select jsonb_agg(jsonb_build_object('label', label, 'count', count) order by label) from counted where of = ${of}
  ), '[]') as ${sql.identifier(name)}`;
}
