import { sql } from "drizzle-orm";
import { jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";
import type { OpeningHours } from "@/lib/directory/directory";

/** Teams a call can be transferred to. */
export const directoryEntries = pgTable(
  "directory_entries",
  {
    id: uuid().primaryKey().defaultRandom(),
    team: text().notNull(),
    kind: text().$type<"number" | "sip">().notNull(),
    /** E.164, or a `sip:` URI. */
    address: text().notNull(),
    extension: text(),
    /** Spoken while the call is connected. */
    message: text(),
    /** Null: at any time. */
    hours: jsonb().$type<OpeningHours>(),
    /** Spoken when they are closed. */
    closedMessage: text(),
    createdAt: moment().notNull().defaultNow(),
  },
  (table) => [uniqueIndex("directory_entries_team").on(sql`lower(${table.team})`)],
);
