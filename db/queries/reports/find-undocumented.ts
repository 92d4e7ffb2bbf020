import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { isSetAside } from "@/db/queries/set-aside/set-aside";
import { callDocuments } from "@/db/schema/call-documents";
import { calls } from "@/db/schema/calls";
import { wordRule } from "@/lib/reports/cut-words";

/**
 * The next calls that are over and not in the archive as they are now, or not by today's rule of words. Reads indexes that are
 * nearly empty, but after an upgrade.
 */
export async function findUndocumented(db: Pick<Database, "execute">, limit: number): Promise<string[]> {
  const found = await db.execute<{ id: string }>(sql`
    (select id from ${calls}
      where ${calls.status} not in ('queued', 'ringing', 'in-progress', 'forwarding', 'scheduled')
        and ${calls.documentedVersion} is null and not ${isSetAside("archive", calls.id)}
      limit ${limit})
    union all
    (select c.id from ${callDocuments} d join ${calls} c on c.id = d.call_id
      where d.word_rule < ${sql.raw(String(wordRule))} and c.documented_version is not null
        and c.status not in ('queued', 'ringing', 'in-progress', 'forwarding', 'scheduled')
        and not ${isSetAside("archive", sql`c.id`)}
      limit ${limit})
    limit ${limit}
  `);
  return found.map(({ id }) => id);
}
