import { jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";

/** What an admin has set, by name; what nobody has set stands in the code (lib/settings/define-setting.ts). */
export const settings = pgTable("settings", {
  name: text().primaryKey(),
  value: jsonb().notNull(),
  updatedAt: moment().notNull().defaultNow(),
});
