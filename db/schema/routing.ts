import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";
import type { OpeningHours } from "@/lib/directory/directory";
import type { Source } from "@/lib/routing/choose-answer";
import type { Answer, Rule } from "@/lib/routing/routing";

/** Who takes which call: one row for all rules, so that their order and the version that two editors meet in are one thing. */
export const routing = pgTable("routing", {
  /** Always true: there is one row, or none until somebody has made a rule. */
  id: boolean().primaryKey().default(true),
  version: integer().notNull(),
  rules: jsonb().$type<Rule[]>().notNull(),
  defaultAnswer: jsonb().$type<Answer>(),
  changedBy: text().notNull(),
  changedAt: moment().notNull().defaultNow(),
});

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

/**
 * Numbers that are never to be dialled. Kept as a hash and an end, so that the list names nobody: it must outlast the
 * deletion of everything about a caller, who would otherwise be called again.
 */
export const doNotCall = pgTable("do_not_call", {
  /** sha256 of the number's digits, in hex (lib/dialing/server/dialing.ts). */
  numberHash: text().primaryKey(),
  /** The last two digits. */
  hint: text().notNull(),
  addedBy: text().notNull(),
  addedAt: moment().notNull().defaultNow(),
});

/** How long each `assistant-request` took, and who answered it. Written after the answer; says nothing of the caller. */
export const routedRequests = pgTable(
  "routed_requests",
  {
    id: uuid().primaryKey().defaultRandom(),
    callId: text(),
    arrivedAt: moment().notNull(),
    /** From arrival until it was known who answers, in ms. */
    decidedMs: integer().notNull(),
    /** From arrival until the answer was handed over, in ms. */
    answeredMs: integer().notNull(),
    source: text().$type<Source>().notNull(),
    ruleId: uuid(),
    /** As it was called then. */
    ruleName: text(),
  },
  (table) => [
    index("routed_requests_arrived_at").on(sql`${table.arrivedAt} desc`, table.id),
    // Deleting a call takes its requests along.
    index("routed_requests_call").on(table.callId),
  ],
);
