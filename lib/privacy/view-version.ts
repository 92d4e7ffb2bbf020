import "server-only";
import type { Database } from "@/db/client";
import { findVersion } from "@/db/queries/conversations/find-version";
import { listCallerNames } from "@/db/queries/conversations/list-caller-names";
import { listVersions } from "@/db/queries/conversations/list-versions";
import { isMaskedFor } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { maskRecord } from "@/lib/calls/mask";
import type { ConversationVersion } from "@/lib/conversations/versions";
import { maskVersion } from "@/lib/privacy/view-versions";

/** One version of a conversation's context, as somebody may see it; null when it is not kept. @param uuid a UUID */
export async function viewVersion(
  db: Pick<Database, "select">,
  viewer: { role: Role },
  uuid: string,
  number: number,
): Promise<ConversationVersion | null> {
  const found = (await findVersion(db, uuid, number)) ?? (await findUnwritten(db, uuid, number));
  if (!found) return null;
  const { conversationId: _, at, ...rest } = found;
  const version = { ...rest, at: at.toISOString() };
  if (!isMaskedFor(viewer)) return version;
  const names = await listCallerNames(db, uuid);
  return { ...maskVersion(version, names), context: maskRecord(version.context, names) };
}

/** The version that stands before anybody has changed anything. */
async function findUnwritten(db: Pick<Database, "select">, uuid: string, version: number) {
  const rows = await listVersions(db, uuid, { limit: 1 });
  return rows?.find((row) => row.version === version) ?? null;
}
