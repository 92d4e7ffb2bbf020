import { pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";

/** When each job of the tick was last begun, by whichever process took its turn. */
export const tickJobs = pgTable("tick_jobs", {
  name: text().primaryKey(),
  begunAt: moment().notNull(),
});
