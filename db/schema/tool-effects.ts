import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";

/**
 * One row for each tool call with an effect outside, written before it runs: whoever writes it runs it, everybody else
 * gets what came of it. A row without an outcome whose time is up belongs to a process that died on the way.
 */
export const toolEffects = pgTable(
  "tool_effects",
  {
    /** The call's id; for a delivery that names none its conversation's. No foreign key: it is claimed before it is recorded. */
    callId: text().notNull(),
    toolCallId: text().notNull(),
    /** What was asked (lib/tools/asked-key.ts): the same id with other arguments is another call. */
    asked: text().notNull().default(""),
    tool: text().notNull(),
    claimedAt: moment().notNull(),
    /** When whoever claimed it has stopped, one way or the other. */
    expiresAt: moment().notNull(),
    settledAt: moment(),
    /** One of the two once settled; neither after retention has passed. */
    result: text(),
    error: text(),
  },
  (table) => [primaryKey({ columns: [table.callId, table.toolCallId, table.asked] })],
);
