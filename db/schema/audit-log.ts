import { bigint, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";
import type { AuditAction } from "@/lib/audit/audit";

/**
 * Who did what to what, when, from where. A trigger refuses update, truncate, and delete but for
 * strangers' entries older than 90 days (drizzle/*_audit_retention.sql);
 * names are copied, because people and keys may be gone when somebody asks.
 */
export const auditLog = pgTable(
  "audit_log",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: moment().notNull().defaultNow(),
    actorKind: text().$type<"person" | "api-key" | "system" | "nobody">().notNull(),
    actorId: text(),
    actorName: text(),
    action: text().$type<AuditAction>().notNull(),
    /** What it was done to, in words: an e-mail, a key's name, a call id. Never a secret. */
    target: text(),
    detail: jsonb().$type<Record<string, string>>(),
    ip: text(),
  },
  (table) => [
    index("audit_log_at").on(table.at.desc(), table.id.desc()),
    index("audit_log_action").on(table.action, table.id.desc()),
    index("audit_log_actor").on(table.actorId, table.id.desc()),
  ],
);
