import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";

/** What assistants may look up: texts of ours, about no caller. */
export const knowledgeDocuments = pgTable("knowledge_documents", {
  id: uuid().primaryKey(),
  title: text().notNull(),
  content: text().notNull(),
  /** Name of a PostgreSQL text search configuration (lib/knowledge/languages.ts). */
  language: text().notNull(),
  changedBy: text().notNull(),
  createdAt: moment().notNull().defaultNow(),
  changedAt: moment().notNull().defaultNow(),
});
