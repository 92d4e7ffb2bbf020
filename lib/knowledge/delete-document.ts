import "server-only";
import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { knowledgeDocuments } from "@/db/schema/knowledge-documents";
import type { By } from "@/lib/audit/audit";

/** Deletes a document for good; false when there is none of this id. @param id a UUID */
export function deleteDocument(db: Database, id: string, by: By): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [gone] = await tx
      .delete(knowledgeDocuments)
      .where(eq(knowledgeDocuments.id, id))
      .returning({ title: knowledgeDocuments.title });
    if (!gone) return false;
    await recordAudit(tx, { ...by, action: "knowledge.deleted", target: gone.title });
    return true;
  });
}
