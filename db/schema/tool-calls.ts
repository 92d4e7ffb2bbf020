import { index, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { calls } from "@/db/schema/calls";
import { moment, witness } from "@/db/schema/columns";

/**
 * What an assistant asked of a tool, and what it was told. One row a tool call id and what is asked, within its call: some
 * models' ids have four random characters (`call_51kj`), some are the same for each call, and some are empty.
 */
export const toolCalls = pgTable(
  "tool_calls",
  {
    id: text().notNull(),
    callId: text()
      .notNull()
      .references(() => calls.id, { onDelete: "cascade" }),
    name: text().notNull(),
    /** lib/tools/asked-key.ts; empty for rows of before there was any. */
    asked: text().notNull().default(""),
    arguments: jsonb().$type<Record<string, unknown>>().notNull(),
    askedAt: moment().notNull(),
    answeredAt: moment(),
    result: text(),
    error: text(),
    /** What Vapi says of the result, such as that it is too large; null where it says nothing. */
    warnings: jsonb().$type<string[]>(),
    /** Our own answer outranks what the report says of it. */
    witness: witness().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.callId, table.id, table.asked] }),
    // How often each tool was called lately, and how it went.
    index("tool_calls_name").on(table.name, table.askedAt.desc()),
  ],
);
