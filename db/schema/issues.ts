import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";
import type { IssueStatus } from "@/lib/issues/issue";

/** Issues of Vapi's own monitoring, as it last described them. */
export const vapiIssues = pgTable(
  "vapi_issues",
  {
    /** Vapi's id. */
    id: text().primaryKey(),
    monitorId: text(),
    monitorName: text(),
    severity: text(),
    status: text().$type<IssueStatus>().notNull(),
    /** Number of affected calls, and of all calls evaluated. */
    callsCount: integer(),
    totalCalls: integer(),
    evaluatedFrom: moment(),
    lastSeenAt: moment(),
    /** The calls it names. No foreign keys: they may be deleted or unknown here. */
    callIds: jsonb().$type<string[]>().notNull().default([]),
    createdAt: moment().notNull(),
    acknowledgedBy: text(),
    acknowledgedAt: moment(),
    resolvedBy: text(),
    resolvedAt: moment(),
    /** When Vapi last changed it; a later description is newer. */
    updatedAt: moment().notNull(),
  },
  (table) => [
    index("vapi_issues_created_at").on(table.createdAt.desc(), table.id),
    // Issues that are followed until they are resolved.
    index("vapi_issues_open").on(table.createdAt).where(sql`${table.resolvedAt} is null`),
  ],
);

export type VapiIssueRow = typeof vapiIssues.$inferSelect;
