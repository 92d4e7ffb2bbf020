import { sql } from "drizzle-orm";
import { index, integer, jsonb, numeric, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment, witness } from "@/db/schema/columns";
import { conversations } from "@/db/schema/conversations";
import type { Speaker } from "@/lib/calls/call";

/**
 * One row a call. Every column is joined by a rule that ignores order and repetition (db/merge-call.ts);
 * `…Witness` columns say how strong the witness of the columns above them was.
 */
export const calls = pgTable(
  "calls",
  {
    id: text().primaryKey(),
    conversationId: uuid()
      .notNull()
      .references(() => conversations.id),

    status: text().notNull(),
    statusWitness: witness().notNull(),

    type: text(),
    metadata: jsonb().$type<Record<string, unknown>>(),
    originWitness: witness(),

    customerNumber: text(),
    customerName: text(),
    customerWitness: witness(),
    customerNameWitness: witness(),

    phoneNumber: text(),
    phoneNumberId: text(),
    phoneNumberWitness: witness(),

    assistantId: text(),
    assistantName: text(),
    assistantVersion: text(),
    assistantWitness: witness(),

    startedAt: moment(),
    startedWitness: witness(),
    endedAt: moment(),
    endedWitness: witness(),
    endedReason: text(),
    endedReasonWitness: witness(),
    costUsd: numeric({ precision: 12, scale: 6, mode: "number" }),
    costWitness: witness(),

    lastLineRole: text().$type<Speaker>(),
    lastLineText: text(),
    lastLineWitness: witness(),
    /** The last final of each role: a partial no newer than it is history. */
    userFinalAt: moment(),
    assistantFinalAt: moment(),
    partialUserText: text(),
    partialUserWitness: witness(),
    partialAssistantText: text(),
    partialAssistantWitness: witness(),
    lastToolName: text(),
    lastToolWitness: witness(),

    userStartedAt: moment(),
    userStoppedAt: moment(),
    assistantStartedAt: moment(),
    assistantStoppedAt: moment(),
    /** The newest sign of the assistant's voice: speech mark, partial or final. */
    assistantSpokeAt: moment(),
    hangAt: moment(),
    hangs: integer().notNull().default(0),
    /** When an alert of this call was last noticed; null for the many that never had one. */
    alertedAt: moment(),
    /** How long the call may last, by its assistant. */
    maxSeconds: integer(),
    /** When Vapi was last asked what became of it. */
    checkedAt: moment(),
    /** The version its document in the archive was made of; null before there is one, and whenever something came since. */
    documentedVersion: integer(),

    createdAt: moment().notNull(),
    lastEventAt: moment().notNull(),
    version: integer().notNull().default(0),
  },
  (table) => [
    index("calls_created_at").on(table.createdAt.desc(), table.id),
    index("calls_conversation").on(table.conversationId),
    // A caller's earlier calls, while they wait on the phone.
    index("calls_customer").on(table.customerNumber, table.createdAt.desc()),
    index("calls_live")
      .on(table.createdAt.desc())
      .where(sql`${table.status} in ('queued', 'ringing', 'in-progress', 'forwarding')`),
    // What the board still shows for a moment.
    index("calls_ended_at").on(table.endedAt.desc()).where(sql`${table.endedAt} is not null`),
    // Calls that are over and not in the archive as they are now: next to none. Of nothing that changes with every event,
    // or each event would cost an entry in every index of the table.
    index("calls_undocumented")
      .on(table.id)
      .where(
        sql`${table.status} not in ('queued', 'ringing', 'in-progress', 'forwarding', 'scheduled') and ${table.documentedVersion} is null`,
      ),
    // Hangs that nobody has noticed yet, because a process died in between: next to none.
    index("calls_unnoticed_hangs")
      .on(table.hangAt)
      .where(sql`${table.hangs} > 0 and ${table.alertedAt} is null`),
  ],
);

export type CallRow = typeof calls.$inferSelect;
