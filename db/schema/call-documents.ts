import { sql } from "drizzle-orm";
import { boolean, doublePrecision, index, integer, pgTable, smallint, text } from "drizzle-orm/pg-core";
import { calls } from "@/db/schema/calls";
import { moment } from "@/db/schema/columns";
import { tsvector } from "@/db/schema/tsvector";
import type { EndedGroup } from "@/lib/calls/ended-group";
import type { TextLanguage } from "@/lib/reports/detect-language";

/**
 * What the archive finds a call by, one row a call that is over, derived from its rows as of `callVersion`
 * (lib/reports/to-document.ts) and made anew whenever there is a later one. The columns are few and narrow and the words
 * lie apart (drizzle/*_archive_words.sql), so that a million rows stay in memory.
 */
export const callDocuments = pgTable(
  "call_documents",
  {
    callId: text()
      .primaryKey()
      .references(() => calls.id, { onDelete: "cascade" }),
    callVersion: integer().notNull(),
    createdAt: moment().notNull(),
    /** The assistant's id, or its name where it has none; empty when unknown. */
    assistant: text().notNull(),
    assistantName: text(),
    /** The number of ours; empty for web calls. */
    number: text().notNull(),
    endedGroup: text().$type<EndedGroup>(),
    durationSeconds: doublePrecision().notNull(),
    costUsd: doublePrecision().notNull(),
    isSuccess: boolean(),
    /** How often the caller was left waiting; Vapi may have warned several times of one. */
    hangs: integer().notNull(),
    /** Copies of call_reviews. */
    tags: text().array().notNull().default([]),
    score: smallint(),
    /** By which rules the document was made (lib/reports/cut-words.ts). */
    wordRule: smallint().notNull().default(0),
    /** Which of Postgres' stemmers took the endings off the words. */
    language: text().$type<TextLanguage>().notNull(),
    /** What was said, the summary, and (weight A) who called. */
    words: tsvector().notNull(),
    /** What viewers may find of it; null when it is the same but for who called. */
    maskedWords: tsvector(),
  },
  // Those but the last two also carry what else is filtered by ("include", migration 0021, which Drizzle cannot say): a filter is
  // answered from one of them alone, without the rows.
  (table) => [
    index("call_documents_newest").on(table.createdAt.desc(), table.callId),
    index("call_documents_longest").on(table.durationSeconds.desc(), table.callId),
    index("call_documents_costliest").on(table.costUsd.desc(), table.callId),
    index("call_documents_assistant").on(table.assistant, table.createdAt.desc(), table.callId),
    index("call_documents_number").on(table.number, table.createdAt.desc(), table.callId),
    index("call_documents_group").on(table.endedGroup, table.createdAt.desc(), table.callId),
    index("call_documents_hung").on(table.createdAt.desc(), table.callId).where(sql`${table.hangs} > 0`),
    index("call_documents_scored")
      .on(table.score, table.createdAt.desc(), table.callId)
      .where(sql`${table.score} is not null`),
    index("call_documents_tags").using("gin", table.tags),
    index("call_documents_words").using("gin", table.words),
    // Empty but while an upgraded archive is cut anew.
    index("call_documents_outdated").on(table.callId).where(sql`${table.wordRule} < 2`),
  ],
);
