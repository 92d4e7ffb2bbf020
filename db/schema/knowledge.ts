import { index, pgTable, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import { moment, tsvector } from "@/db/schema/columns";
import type { KnowledgeLanguage } from "@/lib/knowledge/knowledge";

/** What assistants may look up: texts of ours, about no caller. */
export const knowledgeDocuments = pgTable("knowledge_documents", {
  id: uuid().primaryKey(),
  title: text().notNull(),
  content: text().notNull(),
  language: text().$type<KnowledgeLanguage>().notNull(),
  /** By which rules its passages were cut into words (lib/reports/cut-words.ts). */
  wordRule: smallint().notNull().default(0),
  changedBy: text().notNull(),
  createdAt: moment().notNull().defaultNow(),
  changedAt: moment().notNull().defaultNow(),
});

/** The documents cut into what a model can take (lib/knowledge/knowledge.ts); made anew with each change. */
export const knowledgePassages = pgTable(
  "knowledge_passages",
  {
    documentId: uuid()
      .notNull()
      .references(() => knowledgeDocuments.id, { onDelete: "cascade" }),
    position: smallint().notNull(),
    language: text().$type<KnowledgeLanguage>().notNull(),
    /** Title and headings the passage stands under. */
    heading: text().notNull(),
    content: text().notNull(),
    /** Words of the heading (weight A) and of the content, without endings and without those too common to ask for. */
    search: tsvector().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.documentId, table.position] }),
    index("knowledge_passages_search").using("gin", table.search),
  ],
);
