import { and, asc, count, eq, lt, not, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { isSetAside } from "@/db/queries/set-aside";
import { knowledgeDocuments, knowledgePassages } from "@/db/schema/knowledge";
import { lexemeAsked, passageVectorOf, placeWords } from "@/db/text-search";
import {
  type DocumentText,
  documentTextSchema,
  type FoundPassage,
  type ListedDocument,
  listedDocumentSchema,
  splitPassages,
} from "@/lib/knowledge/knowledge";
import { cutQuestion, wordRule } from "@/lib/reports/cut-words";
import { toChunks } from "@/lib/to-chunks";

/** Number of matches that are ranked exactly. */
const candidates = 60;

/**
 * The passages that best match a question. Each of its words may match in any inflection known to the passage's language;
 * more matching words rank higher, and then words that stand closer together.
 */
export async function findPassages(
  db: Pick<Database, "execute">,
  question: string,
  limit: number,
): Promise<FoundPassage[]> {
  const asked = cutQuestion(question).flatMap(({ word, isPrefix, numbers }, n) => [
    { n, word, begins: isPrefix },
    ...numbers.map((number) => ({ n, word: number, begins: false })),
  ]);
  const rows = await db.execute<FoundPassage & Record<string, unknown>>(sql`
    with asked as materialized (
      select "language", a."n", a."begins", ${lexemeAsked(sql`"language"`, sql`a."word"`)} as "lexeme"
      from (select distinct "language" from "knowledge_passages") as known,
        jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as a("n" int, "word" text, "begins" boolean)
    ), one_word as materialized (
      select "language", string_agg('''' || "lexeme" || '''' || case when "begins" then ':*' else '' end, ' | ') as "query"
      from asked where "lexeme" is not null group by "language", "n"
    ), words as materialized (
      select "language", array_agg(distinct "query") as "queries" from one_word group by "language"
    ), wanted as materialized (
      select "language", "queries", array_to_string("queries", ' | ')::tsquery as "query" from words
    ), found as materialized (
      select p."document_id", p."position", p."heading", p."content", p."search", w."queries",
        ts_rank_cd(${weights}, p."search", w."query", 33) as "rank"
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

/** Weights in Postgres's order D, C, B, A: words in the content, two unused, words in the heading. */
const weights = sql.raw("'{0.4, 0, 0, 1}'");

/**
 * A document's text, or null.
 * @param id a UUID
 */
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

/** Saves a new or changed document and splits it into passages. */
export async function saveDocument(
  tx: Pick<Database, "insert" | "delete">,
  id: string,
  text: DocumentText,
  changedBy: string,
): Promise<void> {
  const row = { ...text, changedBy, changedAt: sql`now()`, wordRule };
  await tx
    .insert(knowledgeDocuments)
    .values({ id, ...row })
    .onConflictDoUpdate({ target: knowledgeDocuments.id, set: row });
  await savePassages(tx, id, text);
}

/** A statement's parameters are limited; a hundred pages make about two hundred passages. */
const batch = 200;

async function savePassages(
  tx: Pick<Database, "insert" | "delete">,
  documentId: string,
  { title, content, language }: DocumentText,
): Promise<void> {
  await tx.delete(knowledgePassages).where(eq(knowledgePassages.documentId, documentId));
  const passages = splitPassages(title, content).map((passage, position) => ({
    documentId,
    position,
    language,
    ...passage,
    search: passageVectorOf(
      sql`${language}::text`,
      sql`${JSON.stringify(placeWords(passage.content, passage.heading))}::jsonb`,
    ),
  }));
  for (const some of toChunks(passages, batch)) await tx.insert(knowledgePassages).values(some);
}

/** Documents whose passages were split by older rules. */
export async function findOutdatedDocuments(db: Pick<Database, "select">, limit: number): Promise<string[]> {
  const { id } = knowledgeDocuments;
  const found = await db
    .select({ id })
    .from(knowledgeDocuments)
    .where(and(lt(knowledgeDocuments.wordRule, wordRule), not(isSetAside("knowledge", sql`${id}::text`))))
    .limit(limit);
  return found.map((row) => row.id);
}

/**
 * Splits a document into passages again. Its last editor and the time of the edit stay as they are.
 * @param id a UUID
 */
export async function recutDocument(db: Database, id: string): Promise<void> {
  await db.transaction(async (tx) => {
    // Locked first, so that a concurrent change waits.
    const [document] = await tx
      .update(knowledgeDocuments)
      .set({ wordRule })
      .where(eq(knowledgeDocuments.id, id))
      .returning();
    if (document) await savePassages(tx, id, document);
  });
}

/** The removed document's title, or null. */
export async function removeDocument(tx: Pick<Database, "delete">, id: string): Promise<string | null> {
  const [gone] = await tx
    .delete(knowledgeDocuments)
    .where(eq(knowledgeDocuments.id, id))
    .returning({ title: knowledgeDocuments.title });
  return gone?.title ?? null;
}
