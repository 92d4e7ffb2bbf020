import { pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";

/**
 * Numbers that are never to be dialled. Kept as a hash and an end, so that the list names nobody: it must outlast the
 * deletion of everything about a caller, who would otherwise be called again.
 */
export const doNotCall = pgTable("do_not_call", {
  /** sha256 of the number's digits, in hex (lib/dialing/hash-number.ts). */
  numberHash: text().primaryKey(),
  /** The last two digits. */
  hint: text().notNull(),
  addedBy: text().notNull(),
  addedAt: moment().notNull().defaultNow(),
});
