import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { events } from "@/db/schema/events";

/** Records how long the answers to these events took, in one statement. Locks in the order of keys, as recording does. */
export async function saveTimesTaken(
  db: Pick<Database, "execute">,
  taken: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = [...taken].map(([key, tookMs]) => ({ key, took_ms: tookMs }));
  await db.execute(sql`
    with taken as (
      select t.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(key uuid, took_ms integer)
    ), held as (
      select ${events.key} from ${events} where ${events.key} in (select key from taken)
      order by ${events.key} for no key update
    )
    update ${events} set "took_ms" = taken.took_ms from taken, held
    where held.key = taken.key and ${events.key} = taken.key
  `);
}
