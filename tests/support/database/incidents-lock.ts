import { sql } from "drizzle-orm";
import postgres from "postgres";
import { onTestFinished } from "vitest";
import { db } from "@/db/client";
import { env } from "@/lib/env";

/** Holds the lock of incidents, as another process that derives them, until released or the test ends. */
export async function holdIncidentsLock(): Promise<() => Promise<void>> {
  const other = postgres(env.DATABASE_URL, { max: 1 });
  await other`select pg_advisory_lock(hashtext('earshot incidents'), 0)`;
  const release = () => other.end();
  onTestFinished(release);
  return release;
}

/** How many transactions wait for the lock of incidents. */
export async function countWaitingForIncidents(): Promise<number> {
  const [found] = await db.execute<{ waiting: number }>(sql`
    select count(*)::int as waiting from pg_locks
    where locktype = 'advisory' and objid = 0 and objsubid = 2 and not granted
  `);
  return found?.waiting ?? 0;
}
