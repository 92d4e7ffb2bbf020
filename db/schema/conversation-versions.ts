import { integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";
import { conversations } from "@/db/schema/conversations";
import type { ContextWriter, VersionKind } from "@/lib/conversations/versions";

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
