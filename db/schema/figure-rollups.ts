import { date, index, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";
import { measureColumns } from "@/db/schema/measure-columns";

/**
 * call_figures added up, for days that are over. Quarter hours of UTC add up to the days of every zone: all offsets are multiples
 * of them, half-hour zones and half-hour daylight saving included. Days of UTC are for what is not told by time:
 * per assistant, per number, per reason. A dimension that is null is all of its values together; an empty one is none.
 * Holds for a day only while figure_days says so.
 */
export const figureRollups = pgTable(
  "figure_rollups",
  {
    grain: text().$type<"quarter" | "day">().notNull(),
    /** The day of UTC it belongs to. */
    day: date().notNull(),
    /** Its beginning. */
    at: moment().notNull(),
    assistant: text(),
    assistantName: text(),
    number: text(),
    reason: text(),
    ...measureColumns(),
  },
  // Found day by day: those that hold are listed by figure_days.
  (table) => [
    index("figure_rollups_of_day").on(table.day, table.grain, table.reason, table.number, table.assistant),
  ],
);
