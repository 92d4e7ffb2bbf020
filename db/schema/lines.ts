import { doublePrecision, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { calls } from "@/db/schema/calls";
import { moment } from "@/db/schema/columns";
import type { LineFilter, LineSource } from "@/lib/calls/line";
import type { Speaker } from "@/lib/calls/speaker";

/** What was said: a final transcript, or a message of a conversation update. Inserted once. */
export const lines = pgTable(
  "lines",
  {
    callId: text()
      .notNull()
      .references(() => calls.id, { onDelete: "cascade" }),
    key: uuid().notNull(),
    role: text().$type<Speaker>().notNull(),
    source: text().$type<Exclude<LineSource, "report">>().notNull(),
    text: text().notNull(),
    at: moment().notNull(),
    /** Which assistant spoke, where Vapi says; squads have several. */
    assistantName: text(),
    /** Of the transcriber, 0 to 1. */
    confidence: doublePrecision(),
    /** What Vapi's security filter did to the words; null where it did nothing. */
    filter: jsonb().$type<LineFilter>(),
  },
  (table) => [primaryKey({ columns: [table.callId, table.key] })],
);
