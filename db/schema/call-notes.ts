import { bigint, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { calls } from "@/db/schema/calls";
import { moment } from "@/db/schema/columns";
import type { AlertActor } from "@/lib/alerts/alert";

/** What people wrote on a call. Inserted once; names are copied, for people may be gone when somebody reads it. */
export const callNotes = pgTable(
  "call_notes",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    callId: text()
      .notNull()
      .references(() => calls.id, { onDelete: "cascade" }),
    by: jsonb().$type<AlertActor>().notNull(),
    at: moment().notNull().defaultNow(),
    text: text().notNull(),
  },
  (table) => [index("call_notes_call").on(table.callId)],
);
