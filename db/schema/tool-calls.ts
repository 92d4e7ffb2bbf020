import { index, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { calls } from "@/db/schema/calls";
import { moment, witness } from "@/db/schema/columns";

/**
 * What an assistant asked of a tool, and what it was told. One row a tool call id, within its call: some models'
 * ids have no more than four random characters (`call_51kj`).
 */
export const toolCalls = pgTable(
  "tool_calls",
  {
    id: text().notNull(),
    callId: text()
      .notNull()
      .references(() => calls.id, { onDelete: "cascade" }),
    name: text().notNull(),
    arguments: jsonb().$type<Record<string, unknown>>().notNull(),
    askedAt: moment().notNull(),
    answeredAt: moment(),
    result: text(),
    error: text(),
    /** Our own answer outranks what the report says of it. */
    witness: witness().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.callId, table.id] }),
    // How often each tool was called lately, and how it went.
    index("tool_calls_name").on(table.name, table.askedAt.desc()),
  ],
);
