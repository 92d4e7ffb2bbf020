import "server-only";
import type { Database } from "@/db/client";
import { listVersions } from "@/db/queries/conversations/list-versions";
import type { VersionList } from "@/lib/conversations/version-list";

/** A page of a context's history: who changed what and when, without the contexts; null without the conversation. */
export async function viewVersions(
  db: Pick<Database, "select">,
  uuid: string,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<VersionList | null> {
  const rows = await listVersions(db, uuid, { before, limit: limit + 1 });
  if (!rows) return null;
  const page = rows.slice(0, limit);
  return {
    versions: page.map(({ version, kind, by, changed, restored, at }) => ({
      version,
      kind,
      by,
      changed,
      restored,
      at: at.toISOString(),
    })),
    nextBefore: rows.length > limit ? (page.at(-1)?.version ?? null) : null,
  };
}
