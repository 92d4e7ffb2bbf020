import { sql } from "drizzle-orm";
import { bigint, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";

/**
 * waiting: to be copied. kept: it lies in our storage. failed: given up. doomed: what lies there must go, and then the row.
 */
export type CopyState = "waiting" | "kept" | "failed" | "doomed";

/**
 * Our own copies of recordings. They hang on no call, so that a call's deletion leaves behind what must be deleted
 * elsewhere. Whoever takes one moves `dueAt` ahead first, so that it comes up again should the taker die.
 */
export const recordingCopies = pgTable(
  "recording_copies",
  {
    /** The object's name in storage, too: it says nothing of the call. */
    id: uuid().primaryKey().defaultRandom(),
    callId: text().notNull().unique(),
    state: text().$type<CopyState>().notNull().default("waiting"),
    dueAt: moment().notNull().defaultNow(),
    /** How often somebody has taken it; only the last taker may say what came of it. */
    attempts: integer().notNull().default(0),
    /** What went wrong last, in words without links. */
    error: text(),
    contentType: text(),
    bytes: bigint({ mode: "number" }),
    createdAt: moment().notNull().defaultNow(),
  },
  (table) => [
    index("recording_copies_due").on(table.dueAt).where(sql`${table.state} in ('waiting', 'doomed')`),
  ],
);

export type RecordingCopyRow = typeof recordingCopies.$inferSelect;
