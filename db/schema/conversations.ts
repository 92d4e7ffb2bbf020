import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";
import type { ConversationAnswer } from "@/lib/conversations/conversation";
import type { ContextWriter, VersionKind } from "@/lib/conversations/versions";

/** The state shared by all events of one webhook URL. Created with the first event of its uuid. */
export const conversations = pgTable(
  "conversations",
  {
    id: uuid().primaryKey(),
    name: text(),
    context: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    version: integer().notNull().default(1),
    /** Its own answer to assistant-requests, in Vapi's form; null: the rules apply. */
    answer: jsonb().$type<ConversationAnswer>(),
    /** The newest call, to which events without a call id belong. */
    lastCallId: text(),
    lastCallAt: moment(),
    /** Whether events without a call id came before any call; the next new call adopts them. */
    hasOrphans: boolean().notNull().default(false),
    createdAt: moment().notNull().defaultNow(),
  },
  // The list, most recent call first, in keyset pages.
  (table) => [
    index("conversations_active_at").on(
      sql`coalesce(${table.lastCallAt}, ${table.createdAt}) desc`,
      table.id,
    ),
  ],
);

export type ConversationRow = typeof conversations.$inferSelect;

/** A conversation's context after each change, with who made it and what it changed. */
export const conversationVersions = pgTable(
  "conversation_versions",
  {
    conversationId: uuid()
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    version: integer().notNull(),
    context: jsonb().$type<Record<string, unknown>>().notNull(),
    kind: text().$type<VersionKind>().notNull(),
    by: jsonb().$type<ContextWriter>().notNull(),
    /** The changed paths: `customer.name`, `items.2`. */
    changed: jsonb().$type<string[]>().notNull(),
    /** The version that was restored, if any. */
    restored: integer(),
    at: moment().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.conversationId, table.version] })],
);

export type ConversationVersionRow = typeof conversationVersions.$inferSelect;
