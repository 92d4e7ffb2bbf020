import { index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { calls } from "@/db/schema/calls";
import { moment } from "@/db/schema/columns";
import { measureColumns } from "@/db/schema/measure-columns";

/**
 * What each call that is over counts for in analytics (lib/analytics/to-measures.ts), derived from its rows as of
 * `callVersion`. Nothing of a caller is in here. Whatever changes a row marks its day in figure_days (a trigger does).
 */
export const callFigures = pgTable(
  "call_figures",
  {
    callId: text()
      .primaryKey()
      .references(() => calls.id, { onDelete: "cascade" }),
    callVersion: integer().notNull(),
    /** When the call was made: the moment it is counted at. */
    at: moment().notNull(),
    /** The assistant's id, or its name where it has none; empty when unknown. */
    assistant: text().notNull(),
    assistantName: text(),
    /** The number of ours; empty for web calls. */
    number: text().notNull(),
    /** The end reason's code; empty when unknown. */
    reason: text().notNull(),
    ...measureColumns(),
  },
  (table) => [
    index("call_figures_at").on(table.at),
    index("call_figures_of").on(table.assistant, table.number, table.at),
  ],
);

export type CallFigures = typeof callFigures.$inferSelect;
