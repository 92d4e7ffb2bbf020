import { asc, count, eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { knowledgeDocuments, knowledgePassages } from "@/db/schema/knowledge";
import {
  type DocumentText,
  documentTextSchema,
  type FoundPassage,
  type ListedDocument,
  listedDocumentSchema,
  splitPassages,
} from "@/lib/knowledge/knowledge";

/** Ranked exactly; what ranks lower by words alone is not looked at twice. */
const candidates = 60;

/**
 * The passages that answer a question best, best first. Any of its words may stand in a passage, in any form the
 * passage's language knows; the more of them do, the better, and of two with as many the one where they stand closer.
 */
export async function findPassages(
  db: Pick<Database, "execute">,
  question: string,
  limit: number,
): Promise<FoundPassage[]> {
  const rows = await db.execute<FoundPassage & Record<string, unknown>>(sql`
    with asked as materialized (
      select "language", tsvector_to_array(to_tsvector("language", ${question})) as "lexemes"
      from (select distinct "language" from "knowledge_passages") as known
    ), words as materialized (
      select "language", array_agg(${asQuery}) as "queries"
      from asked, unnest("lexemes") as lexeme group by "language"
    ), wanted as materialized (
      select "language", "queries", array_to_string("queries", ' | ')::tsquery as "query" from words
    ), found as materialized (
      select p."document_id", p."position", p."heading", p."content", p."search", w."queries",
        ts_rank_cd(p."search", w."query", 33) as "rank"
      from wanted w join "knowledge_passages" p on p."language" = w."language" and p."search" @@ w."query"
      order by "rank" desc limit ${candidates}
    )
    select "document_id" as "documentId", "heading", "content", round(("share" * 0.9 + "rank" * 0.1)::numeric, 3)::float as "similarity"
    from found, lateral (
      select count(*) filter (where found."search" @@ one.query::tsquery)::float / count(*) as "share"
      from unnest(found."queries") as one(query)
    ) as shares
    order by "similarity" desc, "document_id", "position" limit ${limit}
  `);
  return [...rows];
}

/** A lexeme as a query that asks for it and nothing else, whatever characters it has. */
const asQuery = sql.raw(`'''' || replace(replace(lexeme, '\\', '\\\\'), '''', '''''') || ''''`);

/** A document's text; null where there is none. @param id a UUID */
export async function getDocument(db: Pick<Database, "select">, id: string): Promise<DocumentText | null> {
  const { title, content, language } = knowledgeDocuments;
  const [row] = await db
    .select({ title, content, language })
    .from(knowledgeDocuments)
    .where(eq(knowledgeDocuments.id, id));
  return row ? documentTextSchema.parse(row) : null;
}

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

/** The title of the document that was removed; null when there is none of this id. */
export async function removeDocument(tx: Pick<Database, "delete">, id: string): Promise<string | null> {
  const [gone] = await tx
    .delete(knowledgeDocuments)
    .where(eq(knowledgeDocuments.id, id))
    .returning({ title: knowledgeDocuments.title });
  return gone?.title ?? null;
}
