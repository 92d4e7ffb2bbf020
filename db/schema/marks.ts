import { pgTable, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import { calls } from "@/db/schema/calls";
import { moment } from "@/db/schema/columns";
import type { Speaker } from "@/lib/calls/call";
import type { MarkKind } from "@/lib/calls/parts";

/** Moments of a call: speech started and stopped, hangs, interruptions, transfers. Inserted once. */
export const marks = pgTable(
  "marks",
  {
    callId: text()
      .notNull()
      .references(() => calls.id, { onDelete: "cascade" }),
    key: uuid().notNull(),
    kind: text().$type<MarkKind>().notNull(),
    role: text().$type<Speaker>(),
    turn: smallint(),
    at: moment().notNull(),
    detail: text(),
  },
  (table) => [primaryKey({ columns: [table.callId, table.key] })],
);
