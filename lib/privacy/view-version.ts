import "server-only";
import type { Database } from "@/db/client";
import { findVersion } from "@/db/queries/conversations/find-version";
import { listCallerNames } from "@/db/queries/conversations/list-caller-names";
import { listVersions } from "@/db/queries/conversations/list-versions";
import { isMaskedFor } from "@/lib/auth/is-masked-for";
import type { Role } from "@/lib/auth/role";
import { maskRecord } from "@/lib/calls/mask-record";
import type { ConversationVersion } from "@/lib/conversations/conversation-version";

/** One version of a conversation's context, as somebody may see it; null when it is not kept. @param uuid a UUID */
export async function viewVersion(
  db: Pick<Database, "select">,
  viewer: { role: Role },
  uuid: string,
  version: number,
): Promise<ConversationVersion | null> {
  const found = (await findVersion(db, uuid, version)) ?? (await findUnwritten(db, uuid, version));
  if (!found) return null;
  const { conversationId: _, context, at, ...rest } = found;
  const seen = isMaskedFor(viewer) ? maskRecord(context, await listCallerNames(db, uuid)) : context;
  return { ...rest, context: seen, at: at.toISOString() };
}

/** The version that stands before anybody has changed anything. */
async function findUnwritten(db: Pick<Database, "select">, uuid: string, version: number) {
  const rows = await listVersions(db, uuid, { limit: 1 });
  return rows?.find((row) => row.version === version) ?? null;
}
