import "server-only";
import type { Database } from "@/db/client";
import { listCallerNames } from "@/db/queries/conversations/list-caller-names";
import { listVersions } from "@/db/queries/conversations/list-versions";
import { isMaskedFor } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { maskText } from "@/lib/calls/mask";
import type { ConversationVersion, VersionList } from "@/lib/conversations/versions";

/** A version as viewers see it: keys of the context, and the tool that wrote it, may name a caller. Colleagues keep their names. */
export function maskVersion<T extends Pick<ConversationVersion, "by" | "changed">>(
  version: T,
  names: readonly string[],
): T {
  const { by, changed } = version;
  return {
    ...version,
    by: by.kind === "tool" ? { ...by, name: maskText(by.name, names) } : by,
    changed: changed.map((path) => maskText(path, names)),
  };
}

/** A page of a context's history, as somebody may see it: who changed what and when, without the contexts; null without the conversation. */
export async function viewVersions(
  db: Pick<Database, "select">,
  viewer: { role: Role },
  uuid: string,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<VersionList | null> {
  const rows = await listVersions(db, uuid, { before, limit: limit + 1 });
  if (!rows) return null;
  const page = rows.slice(0, limit);
  const versions = page.map(({ version, kind, by, changed, restored, at }) => ({
    version,
    kind,
    by,
    changed,
    restored,
    at: at.toISOString(),
  }));
  const names = isMaskedFor(viewer) ? await listCallerNames(db, uuid) : null;
  return {
    versions: names ? versions.map((version) => maskVersion(version, names)) : versions,
    nextBefore: rows.length > limit ? (page.at(-1)?.version ?? null) : null,
  };
}
