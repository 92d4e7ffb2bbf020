import { asc, count, eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { knowledgeDocuments } from "@/db/schema/knowledge-documents";
import { knowledgePassages } from "@/db/schema/knowledge-passages";
import { type ListedDocument, listedDocumentSchema } from "@/lib/knowledge/knowledge";

/** All documents by title, without their texts. */
export async function listDocuments(db: Database): Promise<ListedDocument[]> {
  const { id, title, language, content, changedBy, changedAt } = knowledgeDocuments;
  const rows = await db
    .select({
      id,
      title,
      language,
      characters: sql<number>`length(${content})`,
      passages: count(knowledgePassages.documentId),
      changedBy,
      changedAt,
    })
    .from(knowledgeDocuments)
    .leftJoin(knowledgePassages, eq(knowledgePassages.documentId, id))
    .groupBy(id)
    .orderBy(asc(title), asc(id));
  return rows.map((row) => listedDocumentSchema.parse({ ...row, changedAt: row.changedAt.toISOString() }));
}
