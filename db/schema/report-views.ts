import { boolean, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { users } from "@/db/schema/auth";
import { moment } from "@/db/schema/columns";

/** A filter of the archive under a name: its maker's, or everybody's. */
export const reportViews = pgTable(
  "report_views",
  {
    id: uuid().primaryKey().defaultRandom(),
    name: text().notNull(),
    /** As the page's URL says it, without the question mark. */
    query: text().notNull(),
    ownerId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    isShared: boolean().notNull().default(false),
    createdAt: moment().notNull().defaultNow(),
  },
  (table) => [index("report_views_owner").on(table.ownerId)],
);
