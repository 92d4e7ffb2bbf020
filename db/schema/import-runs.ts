import { pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";

/** How far an import from Vapi has come, so that one that was cut off goes on where it was. */
export const importRuns = pgTable("import_runs", {
  /** What is imported: from, to, assistant. */
  key: text().primaryKey(),
  /** Calls made after this have been gone through: Vapi lists the newest first. Null at the beginning and after the end. */
  doneDownTo: moment(),
  updatedAt: moment().notNull(),
});
