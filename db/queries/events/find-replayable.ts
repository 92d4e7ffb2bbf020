import "server-only";
import type { Database } from "@/db/client";
import { fromRecord } from "@/db/from-record";
import { calls } from "@/db/schema/calls";
import { events } from "@/db/schema/events";

interface Found {
  event: Record<string, unknown>;
  call: Record<string, unknown> | null;
  hasReport: boolean;
  lineKeys: string[];
}

export interface Replayable {
  event: typeof events.$inferSelect;
  /** Its call, or the one that went on in its conversation where it names none; null when there is no such call. */
  call: { id: string; createdAt: Date } | null;
  hasReport: boolean;
  /** The keys of the lines the call has. */
  lineKeys: ReadonlySet<string>;
}

/**
 * One event of the log with what is there of its call, held until the transaction ends: of two who replay it at once
 * the second sees what the first has done. Null when there is no such event (any more).
 */
export async function findReplayable(
  client: Pick<Database["$client"], "unsafe">,
  key: string,
): Promise<Replayable | null> {
  // Conversations are locked before events, as everywhere (record-events.ts). Not their keys: a statement that has locked a call
  // checks last that its conversation is there, and who waits for this call here would have that wait in a circle.
  await client.unsafe(
    `select from conversations where id = (select conversation_id from events where key = $1) for no key update`,
    [key],
  );
  await client.unsafe("select from events where key = $1 for no key update", [key]);
  // And calls after events: who replays another event of this call waits here, before it has read what is there.
  await client.unsafe(
    `select from calls where id = (select call_id from events where key = $1) for no key update`,
    [key],
  );
  const [found] = await client.unsafe<Found[]>(
    `select to_jsonb(e) as event, to_jsonb(c) as call,
       exists (select from reports r where r.call_id = c.id) as "hasReport",
       array(select l.key::text from lines l where l.call_id = c.id) as "lineKeys"
     from events e left join calls c on c.id = coalesce(e.call_id, (
       select o.id from calls o where o.conversation_id = e.conversation_id and o.created_at <= e.at
       order by o.created_at desc limit 1
     ))
     where e.key = $1`,
    [key],
  );
  if (!found) return null;
  const call = found.call && fromRecord(calls, found.call);
  return {
    event: fromRecord(events, found.event),
    call: call && { id: call.id, createdAt: call.createdAt },
    hasReport: found.hasReport,
    lineKeys: new Set(found.lineKeys),
  };
}
