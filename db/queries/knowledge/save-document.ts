import { eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { knowledgeDocuments } from "@/db/schema/knowledge-documents";
import { knowledgePassages } from "@/db/schema/knowledge-passages";
import type { DocumentText } from "@/lib/knowledge/knowledge";
import { splitPassages } from "@/lib/knowledge/knowledge";

/** Parameters of one statement are limited; a hundred pages are some two hundred passages. */
const batch = 1_000;

/** Writes a document, new or changed, and cuts it into passages anew. */
export async function saveDocument(
  tx: Pick<Database, "insert" | "delete">,
  id: string,
  text: DocumentText,
  changedBy: string,
): Promise<void> {
  const row = { ...text, changedBy, changedAt: sql`now()` };
  await tx
    .insert(knowledgeDocuments)
    .values({ id, ...row })
    .onConflictDoUpdate({ target: knowledgeDocuments.id, set: row });
  await tx.delete(knowledgePassages).where(eq(knowledgePassages.documentId, id));
  const passages = splitPassages(text.title, text.content).map((passage, position) => ({
    documentId: id,
    position,
    language: text.language,
    ...passage,
  }));
  for (let from = 0; from < passages.length; from += batch)
    await tx.insert(knowledgePassages).values(passages.slice(from, from + batch));
}
