import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";

/**
 * Wrong passwords per e-mail address, whoever tries and from wherever; a right one clears the row.
 * Keyed by the address's hash: people type passwords into the wrong field.
 */
export const signInAttempts = pgTable("sign_in_attempts", {
  emailHash: text().primaryKey(),
  attempts: integer().notNull(),
  since: moment().notNull(),
});
