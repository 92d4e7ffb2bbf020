import { pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { calls } from "@/db/schema/calls";
import { moment } from "@/db/schema/columns";
import type { LineSource } from "@/lib/calls/line";
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
  },
  (table) => [primaryKey({ columns: [table.callId, table.key] })],
);
