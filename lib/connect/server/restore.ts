import "server-only";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { deleteConnection, findChange, markRestored } from "@/db/queries/connect";
import type { By } from "@/lib/audit/audit";
import { isRecord, isSameJson, toUndoPatch, type VapiDocument } from "@/lib/connect/patch";
import { getDocument, patchDocument, VapiRequestError } from "@/lib/connect/server/vapi-api";
import { parseJson } from "@/lib/lossless-json";
import { openSecret } from "@/lib/secrets";

/** The outcome: restored, no such change, or a sentence why the change stays. */
export type Restored =
  | { outcome: "restored" }
  | { outcome: "not-found" }
  | { outcome: "refused"; why: string };

const refused = (why: string): Restored => ({ outcome: "refused", why });

/**
 * Restores the fields of one change exactly. Refuses if one of them has changed in Vapi since, because that later
 * change would be undone too.
 */
export async function restoreChange(db: Database, changeId: string, by: By): Promise<Restored> {
  const change = await findChange(db, changeId);
  if (!change) return { outcome: "not-found" };
  if (change.restoredAt) return refused("Already restored.");
  const { kind, resourceId, name, fields } = change;
  const before = open(change.sealedBefore, changeId);
  const after = open(change.sealedAfter, changeId);
  if (!(before && after)) {
    return refused(
      "BETTER_AUTH_SECRET has changed, so the earlier values cannot be read. Change it in Vapi.",
    );
  }
  try {
    const document = await getDocument(kind, resourceId);
    if (!document) return refused(`${name} no longer exists in Vapi.`);
    if (listDifferent(fields, document, before).length > 0) {
      const changed = listDifferent(fields, document, after);
      if (changed.length > 0) {
        return refused(
          `${name} was changed in Vapi since (${changed.join(", ")}). Nothing was restored. Change it in Vapi.`,
        );
      }
      const left = await patchDocument(kind, resourceId, toUndoPatch(fields, before));
      const kept = listDifferent(fields, left, before);
      if (kept.length > 0) return refused(`Vapi did not accept ${kept.join(", ")}. Change it in Vapi.`);
    }
  } catch (cause) {
    if (cause instanceof VapiRequestError) return refused(cause.message);
    throw cause;
  }
  await db.transaction(async (tx) => {
    if (!(await markRestored(tx, changeId, by.actor.name))) return;
    await deleteConnection(tx, kind, resourceId);
    const detail = { kind, id: resourceId, fields: fields.join(", ") };
    await recordAudit(tx, { ...by, action: "vapi-settings.restored", target: name, detail });
  });
  return { outcome: "restored" };
}

/** A null field equals an absent one. */
function listDifferent(fields: readonly string[], a: VapiDocument, b: VapiDocument): string[] {
  return fields.filter((field) => !isSameJson(a[field] ?? null, b[field] ?? null));
}

function open(sealed: string, changeId: string): VapiDocument | null {
  const text = openSecret(sealed, changeId);
  const value = text === null ? null : parseJson(text);
  return isRecord(value) ? value : null;
}
