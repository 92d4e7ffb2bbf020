import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { events } from "@/db/schema/events";

/** Writes down how long the answers to these events took, all in one statement. */
export async function saveTimesTaken(
  db: Pick<Database, "execute">,
  taken: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = [...taken].map(([key, tookMs]) => ({ key, took_ms: tookMs }));
  await db.execute(sql`
    update ${events} set "took_ms" = t.took_ms
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(key uuid, took_ms integer)
    where ${events.key} = t.key
  `);
}
