import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";

type Reads = Pick<Database, "execute">;

/**
 * How many seconds a replica is behind its database; 0 when it has everything written up to now. Null if unknown, because it
 * is not a streaming replica or has replayed nothing yet.
 */
export async function readReplicaLag(database: Reads, replica: Reads): Promise<number | null> {
  const [written] = await database.execute<{ lsn: string }>(sql`select pg_current_wal_lsn()::text as lsn`);
  const [lag] = await replica.execute<{ seconds: number | null }>(sql`
    select case
      when not pg_is_in_recovery() then null
      when pg_last_wal_replay_lsn() >= ${written?.lsn}::pg_lsn then 0
      else extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp())::float8
    end as seconds
  `);
  return lag?.seconds ?? null;
}
