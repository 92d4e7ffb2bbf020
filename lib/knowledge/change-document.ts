import "server-only";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { getDocument } from "@/db/queries/knowledge/get-document";
import { saveDocument } from "@/db/queries/knowledge/save-document";
import type { By } from "@/lib/audit/audit";
import type { DocumentText } from "@/lib/knowledge/knowledge-document";

/** Replaces a document's text; false when there is none of this id. @param id a UUID */
export function changeDocument(db: Database, id: string, text: DocumentText, by: By): Promise<boolean> {
  return db.transaction(async (tx) => {
    if (!(await getDocument(tx, id))) return false;
    await saveDocument(tx, id, text, by.actor.name);
    await recordAudit(tx, { ...by, action: "knowledge.changed", target: text.title });
    return true;
  });
}
