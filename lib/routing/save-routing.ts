import "server-only";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { readRouting } from "@/db/queries/routing/read-routing";
import { writeRouting } from "@/db/queries/routing/write-routing";
import type { By } from "@/lib/audit/audit";
import { forgetRouting } from "@/lib/routing/known-routing";
import { listChanges } from "@/lib/routing/list-changes";
import type { Routing, VersionedRouting } from "@/lib/routing/routing";

/** Sets all rules at once. `isSaved` is false where somebody has changed them since `version`; `routing` is what holds now. */
export async function saveRouting(
  db: Database,
  wanted: Routing,
  version: number,
  by: By,
): Promise<{ isSaved: boolean; routing: VersionedRouting }> {
  const saved = await db.transaction(async (tx) => {
    const before = await readRouting(tx);
    const isSaved = (await writeRouting(tx, wanted, version, by.actor.name)) !== null;
    const detail = listChanges(before, wanted);
    if (isSaved) await recordAudit(tx, { ...by, action: "routing.changed", detail });
    return { isSaved, routing: await readRouting(tx) };
  });
  if (saved.isSaved) forgetRouting();
  return saved;
}
