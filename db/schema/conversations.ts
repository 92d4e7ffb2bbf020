import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";
import type { ConversationAnswer } from "@/lib/conversations/conversation";
import type { ContextWriter, VersionKind } from "@/lib/conversations/versions";

/** What all events of one webhook URL share. Made on first sight of its uuid. */
export const conversations = pgTable(
  "conversations",
  {
    id: uuid().primaryKey(),
    name: text(),
    context: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    version: integer().notNull().default(1),
    /** What its assistant-requests are answered with, as Vapi wants it; null: whatever the rules say. */
    answer: jsonb().$type<ConversationAnswer>(),
    /** The newest call seen here, to which an event that names no call belongs. */
    lastCallId: text(),
    lastCallAt: moment(),
    /** Events that named no call came before any call did: the next call to be seen adopts them. */
    hasOrphans: boolean().notNull().default(false),
    createdAt: moment().notNull().defaultNow(),
  },
  // The list, what somebody last called on first, a page at a time.
  (table) => [
    index("conversations_active_at").on(
      sql`coalesce(${table.lastCallAt}, ${table.createdAt}) desc`,
      table.id,
    ),
  ],
);

export type ConversationRow = typeof conversations.$inferSelect;

/** A conversation's context as each change left it, the newest included; who made the change, and what it touched. */
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
    /** What it touched: `customer.name`, `items.2`. */
    changed: jsonb().$type<string[]>().notNull(),
    /** The version that was restored, where one was. */
    restored: integer(),
    at: moment().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.conversationId, table.version] })],
);

export type ConversationVersionRow = typeof conversationVersions.$inferSelect;
