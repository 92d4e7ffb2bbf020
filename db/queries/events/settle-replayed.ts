import "server-only";
import type { Database } from "@/db/client";

/** Notes that an event of the log has been understood, and that its call changed. `callId`: null where it has none. */
export async function settleReplayed(
  client: Pick<Database["$client"], "unsafe">,
  key: string,
  callId: string | null,
): Promise<void> {
  await client.unsafe(
    `with event as (
       update events set outcome = 'recorded', issues = null, call_id = coalesce(call_id, $2) where key = $1
     )
     update calls set version = version + 1, documented_version = null where id = $2`,
    [key, callId],
  );
}
