import "server-only";
import type { Database } from "@/db/client";
import { readContentFault } from "@/db/content-fault";
import { findReplayable } from "@/db/queries/events/find-replayable";
import { settleReplayed } from "@/db/queries/events/settle-replayed";
import { recordEvents } from "@/db/queries/record-events";
import type { Replayed } from "@/lib/events/replayed";
import { toReplay } from "@/lib/events/to-replay";

export interface ReplayedEvent {
  replayed: Replayed;
  /** The call that was joined; null where nothing was. */
  callId: string | null;
}

/**
 * Reads one event of the log through today's code and joins what it states. Null when there is no such event (any more). One
 * that Postgres refuses for its content stays as it is.
 */
export async function replayEvent(db: Database, key: string): Promise<ReplayedEvent | null> {
  let type = "";
  const onType = (known: string) => {
    type = known;
  };
  try {
    return await db.$client.begin((client) => replayWithin(client, key, onType));
  } catch (cause) {
    const reason = readContentFault(cause);
    if (reason === null) throw cause;
    const issues = [{ path: "", message: reason }];
    return { replayed: { key, type, outcome: "still-malformed", issues }, callId: null };
  }
}

type Client = Parameters<Parameters<Database["$client"]["begin"]>[1]>[0];

async function replayWithin(
  client: Client,
  key: string,
  onType: (type: string) => void,
): Promise<ReplayedEvent | null> {
  const found = await findReplayable(client, key);
  if (!found) return null;
  onType(found.event.type);
  const { outcome, issues, delivery } = toReplay(found);
  const replayed = { key, type: found.event.type, outcome, issues };
  if (!delivery) return { replayed, callId: null };

  const callId = delivery.facts ? (found.event.callId ?? found.call?.id ?? null) : null;
  await recordEvents(client, [{ ...delivery, ...(callId && { placedIn: callId }) }]);
  await settleReplayed(client, key, callId);
  return { replayed, callId };
}
