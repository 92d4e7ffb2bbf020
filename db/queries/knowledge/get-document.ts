import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { knowledgeDocuments } from "@/db/schema/knowledge-documents";
import { type DocumentText, documentTextSchema } from "@/lib/knowledge/knowledge";

/** A document's text; null where there is none. @param id a UUID */
export async function getDocument(db: Pick<Database, "select">, id: string): Promise<DocumentText | null> {
  const { title, content, language } = knowledgeDocuments;
  const [row] = await db
    .select({ title, content, language })
    .from(knowledgeDocuments)
    .where(eq(knowledgeDocuments.id, id));
  return row ? documentTextSchema.parse(row) : null;
}
