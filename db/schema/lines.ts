import {
  boolean,
  doublePrecision,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { calls } from "@/db/schema/calls";
import { moment } from "@/db/schema/columns";
import type { Speaker } from "@/lib/calls/call";
import type { LineFilter, LineSource } from "@/lib/calls/line";

/**
 * What was said: a final transcript, a message of a conversation update, or the newest partial of a turn, which stands for
 * a final that gets lost. Joined by a rule that ignores order and repetition (db/merge-line.ts).
 */
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
    endedAt: moment(),
    /** When the tool call before it in its list was asked for. */
    notBefore: moment(),
    /** Where only that is known of its time; `at` stands in while the call's start is not. */
    fromStartMs: integer(),
    /** True where only its order is known: it was said at `at` at the latest. */
    isUntimed: boolean(),
    /** Which assistant spoke, where Vapi says; squads have several. */
    assistantName: text(),
    /** Of the transcriber, 0 to 1. */
    confidence: doublePrecision(),
    /** What Vapi's security filter did to the words; null where it did nothing. */
    filter: jsonb().$type<LineFilter>(),
  },
  (table) => [primaryKey({ columns: [table.callId, table.key] })],
);
