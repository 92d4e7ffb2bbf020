import "server-only";
import type { Database } from "@/db/client";
import { readContext } from "@/db/queries/conversations/read";
import { readSetting } from "@/db/queries/settings";
import { findDestination } from "@/lib/directory/server/directory";
import { readTransferDestination } from "@/lib/routing/request";
import {
  type TransferDefaults,
  type TransferDestination,
  transferDefaultsSetting,
} from "@/lib/routing/routing";

/** Returns where a call may go, best first: the conversation's context under `key`, then the default. */
export async function listPlaces(
  db: Pick<Database, "select">,
  key: keyof TransferDefaults,
  conversationId: string | null,
): Promise<unknown[]> {
  const [context, defaults] = await Promise.all([
    conversationId ? readContext(db, conversationId) : null,
    readSetting(db, transferDefaultsSetting),
  ]);
  return [context?.[key], defaults[key]];
}

/** The parts of Vapi's `ServerMessageResponseTransferDestinationRequest` that Earshot uses. */
export type TransferAnswer = { destination: TransferDestination } | { error: string };

/**
 * Returns where to transfer a call of a conversation: the first destination that is set. A name is a team of the
 * directory, which may be closed, or else an assistant.
 */
export async function findTransferDestination(
  db: Pick<Database, "select">,
  conversationId: string | null,
): Promise<TransferAnswer | null> {
  for (const place of await listPlaces(db, "transferTo", conversationId)) {
    const destination = readTransferDestination(place);
    if (!destination) continue;
    const team =
      destination.type === "assistant" ? await findDestination(db, destination.assistantName) : null;
    if (team?.outcome === "open") return { destination: team.destination };
    return team?.outcome === "closed" ? { error: team.sentence } : { destination };
  }
  return null;
}
