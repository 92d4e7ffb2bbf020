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

/** Where a call may go, best first: what its conversation's context says under `key`, then what is set for all. */
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

/** Vapi's `ServerMessageResponseTransferDestinationRequest`, the parts we answer with. */
export type TransferAnswer = { destination: TransferDestination } | { error: string };

/**
 * Where a call of a conversation is transferred to: the first place that says something. A name is a team of the
 * directory, which may be closed, else an assistant's.
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
