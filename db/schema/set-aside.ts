import { index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";

/** What a job could not process for its own content, so that it does not hold up the rest. Gone once it succeeds. */
export const setAside = pgTable(
  "set_aside",
  {
    job: text().notNull(),
    /** What the job calls it: a call's id, a day, a step. */
    item: text().notNull(),
    /** In words without data of a caller. */
    reason: text().notNull(),
    failures: integer().notNull().default(1),
    firstAt: moment().notNull().defaultNow(),
    lastAt: moment().notNull().defaultNow(),
    /** The job leaves it alone until then. */
    retryAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.job, table.item] }),
    index("set_aside_last_at").on(table.lastAt.desc()),
  ],
);
