import { sql } from "drizzle-orm";
import { customType, index, pgTable, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";

/** What assistants may look up: texts of ours, about no caller. */
export const knowledgeDocuments = pgTable("knowledge_documents", {
  id: uuid().primaryKey(),
  title: text().notNull(),
  content: text().notNull(),
  /** Name of a PostgreSQL text search configuration (lib/knowledge/knowledge.ts). */
  language: text().notNull(),
  changedBy: text().notNull(),
  createdAt: moment().notNull().defaultNow(),
  changedAt: moment().notNull().defaultNow(),
});

const regconfig = customType<{ data: string }>({ dataType: () => "regconfig" });
const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

/** The documents cut into what a model can take (lib/knowledge/knowledge.ts); made anew with each change. */
export const knowledgePassages = pgTable(
  "knowledge_passages",
  {
    documentId: uuid()
      .notNull()
      .references(() => knowledgeDocuments.id, { onDelete: "cascade" }),
    position: smallint().notNull(),
    language: regconfig().notNull(),
    /** Title and headings the passage stands under. */
    heading: text().notNull(),
    content: text().notNull(),
    search: tsvector().generatedAlwaysAs(
      sql`setweight(to_tsvector("language", "heading"), 'A') || setweight(to_tsvector("language", "content"), 'B')`,
    ),
  },
  (table) => [
    primaryKey({ columns: [table.documentId, table.position] }),
    index("knowledge_passages_search").using("gin", table.search),
  ],
);
