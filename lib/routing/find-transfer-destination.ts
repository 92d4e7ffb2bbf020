import "server-only";
import type { Database } from "@/db/client";
import { findDestination } from "@/lib/directory/server/directory";
import { listPlaces } from "@/lib/routing/list-places";
import { readTransferDestination } from "@/lib/routing/read-transfer-destination";
import type { TransferDestination } from "@/lib/routing/transfer-destination";

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
