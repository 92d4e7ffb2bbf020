import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";
import type { OpeningHours } from "@/lib/directory/directory";
import type { Source } from "@/lib/routing/choose-answer";
import type { Answer, Rule } from "@/lib/routing/routing";

/** Call routing: one row for all rules, so that their order and the version checked by concurrent editors belong together. */
export const routing = pgTable("routing", {
  /** Always true: there is one row, or none before the first rule. */
  id: boolean().primaryKey().default(true),
  version: integer().notNull(),
  rules: jsonb().$type<Rule[]>().notNull(),
  defaultAnswer: jsonb().$type<Answer>(),
  changedBy: text().notNull(),
  changedAt: moment().notNull().defaultNow(),
});

/** Teams that calls can be transferred to. */
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
    /** Null: always open. */
    hours: jsonb().$type<OpeningHours>(),
    /** Spoken when the team is closed. */
    closedMessage: text(),
    createdAt: moment().notNull().defaultNow(),
  },
  (table) => [uniqueIndex("directory_entries_team").on(sql`lower(${table.team})`)],
);

/**
 * Numbers that must not be called. Only a hash and the last digits are stored, so that no person can be identified: the list
 * is kept when a caller's data is deleted, or they would be called again.
 */
export const doNotCall = pgTable("do_not_call", {
  /** sha256 of the number's digits, in hex (lib/dialing/server/dialing.ts). */
  numberHash: text().primaryKey(),
  /** The last two digits. */
  hint: text().notNull(),
  addedBy: text().notNull(),
  addedAt: moment().notNull().defaultNow(),
});

/** Latency and result of each `assistant-request`, written after the answer. Contains no caller data. */
export const routedRequests = pgTable(
  "routed_requests",
  {
    id: uuid().primaryKey().defaultRandom(),
    callId: text(),
    arrivedAt: moment().notNull(),
    /** From arrival to the decision, in ms. */
    decidedMs: integer().notNull(),
    /** From arrival to the answer, in ms. */
    answeredMs: integer().notNull(),
    source: text().$type<Source>().notNull(),
    ruleId: uuid(),
    /** The rule's name at that time. */
    ruleName: text(),
  },
  (table) => [
    index("routed_requests_arrived_at").on(sql`${table.arrivedAt} desc`, table.id),
    // Deleting a call deletes its requests.
    index("routed_requests_call").on(table.callId),
  ],
);
