import { jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { users } from "@/db/schema/auth";

/** How a person likes things, wherever they sign in. */
export const preferences = pgTable(
  "preferences",
  {
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text().notNull(),
    value: jsonb().notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.name] })],
);
