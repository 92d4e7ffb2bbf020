import { pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";

/** How far the event log has been looked through for calls whose figures nobody has derived. One row: "events". */
export const figureProgress = pgTable("figure_progress", {
  name: text().primaryKey(),
  seenUntil: moment().notNull(),
});
