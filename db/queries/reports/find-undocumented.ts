import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { isSetAside } from "@/db/queries/set-aside/set-aside";
import { calls } from "@/db/schema/calls";

/** The next calls that are over and not in the archive as they are now. Reads an index that is nearly empty. */
export async function findUndocumented(db: Pick<Database, "execute">, limit: number): Promise<string[]> {
  const found = await db.execute<{ id: string }>(sql`
    select id from ${calls}
    where ${calls.status} not in ('queued', 'ringing', 'in-progress', 'forwarding', 'scheduled')
      and ${calls.documentedVersion} is null and not ${isSetAside("archive", calls.id)}
    limit ${limit}
  `);
  return found.map(({ id }) => id);
}
