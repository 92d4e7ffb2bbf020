import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";
import type { Source } from "@/lib/routing/choose-answer";

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
