import { index, pgTable, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import { moment, tsvector } from "@/db/schema/columns";
import type { KnowledgeLanguage } from "@/lib/knowledge/knowledge";

/** Texts that assistants may look up. They contain no caller data. */
export const knowledgeDocuments = pgTable("knowledge_documents", {
  id: uuid().primaryKey(),
  title: text().notNull(),
  content: text().notNull(),
  language: text().$type<KnowledgeLanguage>().notNull(),
  /** The version of the rules its passages were split by (lib/reports/cut-words.ts). */
  wordRule: smallint().notNull().default(0),
  changedBy: text().notNull(),
  createdAt: moment().notNull().defaultNow(),
  changedAt: moment().notNull().defaultNow(),
});

/** Documents split into passages small enough for a model (lib/knowledge/knowledge.ts); replaced with each change. */
export const knowledgePassages = pgTable(
  "knowledge_passages",
  {
    documentId: uuid()
      .notNull()
      .references(() => knowledgeDocuments.id, { onDelete: "cascade" }),
    position: smallint().notNull(),
    language: text().$type<KnowledgeLanguage>().notNull(),
    /** The title and headings above the passage. */
    heading: text().notNull(),
    content: text().notNull(),
    /** Stemmed words of the heading (weight A) and the content, without stop words. */
    search: tsvector().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.documentId, table.position] }),
    index("knowledge_passages_search").using("gin", table.search),
  ],
);
