import "server-only";
import { randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { saveDocument } from "@/db/queries/knowledge/save-document";
import type { By } from "@/lib/audit/audit";
import type { DocumentText } from "@/lib/knowledge/knowledge-document";

/** Adds a document; assistants find it from now on. Returns its id. */
export async function createDocument(db: Database, text: DocumentText, by: By): Promise<string> {
  const id = randomUUID();
  await db.transaction(async (tx) => {
    await saveDocument(tx, id, text, by.actor.name);
    await recordAudit(tx, { ...by, action: "knowledge.created", target: text.title });
  });
  return id;
}
