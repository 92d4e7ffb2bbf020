import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";
import type { IssueStatus } from "@/lib/issues/issue";

/** Issues that Vapi's own monitoring has raised, as it last described them. */
export const vapiIssues = pgTable(
  "vapi_issues",
  {
    /** Vapi's. */
    id: text().primaryKey(),
    monitorId: text(),
    monitorName: text(),
    severity: text(),
    status: text().$type<IssueStatus>().notNull(),
    /** How many of so many calls were affected. */
    callsCount: integer(),
    totalCalls: integer(),
    evaluatedFrom: moment(),
    lastSeenAt: moment(),
    /** The calls it names. No foreign keys: they may be gone, or not known here. */
    callIds: jsonb().$type<string[]>().notNull().default([]),
    createdAt: moment().notNull(),
    acknowledgedBy: text(),
    acknowledgedAt: moment(),
    resolvedBy: text(),
    resolvedAt: moment(),
    /** When Vapi last changed it: of two descriptions, the later is the newer. */
    updatedAt: moment().notNull(),
  },
  (table) => [
    index("vapi_issues_created_at").on(table.createdAt.desc(), table.id),
    // What is followed until it is resolved.
    index("vapi_issues_open").on(table.createdAt).where(sql`${table.resolvedAt} is null`),
  ],
);

export type VapiIssueRow = typeof vapiIssues.$inferSelect;
