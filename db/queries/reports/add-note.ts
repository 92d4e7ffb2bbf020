import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { callNotes } from "@/db/schema/call-notes";
import { calls } from "@/db/schema/calls";
import type { AlertActor } from "@/lib/alerts/alert";

/** Writes a note on a call. Returns false when there is no such call. */
export async function addNote(
  db: Pick<Database, "execute">,
  callId: string,
  text: string,
  by: AlertActor,
): Promise<boolean> {
  const added = await db.execute(sql`
    insert into ${callNotes} (call_id, by, text)
    select id, ${JSON.stringify(by)}::jsonb, ${text} from ${calls} where id = ${callId} returning id
  `);
  return added.length > 0;
}
