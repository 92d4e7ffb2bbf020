import { and, desc, eq, gte, ilike, lt, or, type SQL } from "drizzle-orm";
import type { Database } from "@/db/client";
import { auditLog } from "@/db/schema/audit-log";
import type { AuditFilter } from "@/lib/audit/audit";

const dayMs = 24 * 60 * 60_000;

/** Entries of the audit log, newest first, at most `limit`; `filter.before` continues a page. */
export async function listAudit(db: Pick<Database, "select">, filter: AuditFilter, limit: number) {
  return db
    .select({
      id: auditLog.id,
      at: auditLog.at,
      actorKind: auditLog.actorKind,
      actorId: auditLog.actorId,
      actorName: auditLog.actorName,
      action: auditLog.action,
      target: auditLog.target,
      detail: auditLog.detail,
      ip: auditLog.ip,
    })
    .from(auditLog)
    .where(and(...conditions(filter)))
    .orderBy(desc(auditLog.id))
    .limit(limit);
}

export type AuditRow = Awaited<ReturnType<typeof listAudit>>[number];

function conditions({ action, q, from, to, before }: AuditFilter): (SQL | undefined)[] {
  return [
    action && eq(auditLog.action, action),
    q ? or(contains(auditLog.actorName, q), contains(auditLog.target, q)) : undefined,
    from ? gte(auditLog.at, startOf(from)) : undefined,
    to ? lt(auditLog.at, new Date(startOf(to).getTime() + dayMs)) : undefined,
    before ? lt(auditLog.id, before) : undefined,
  ];
}

function contains(column: typeof auditLog.actorName | typeof auditLog.target, part: string): SQL {
  return ilike(column, `%${part.replace(/[\\%_]/g, "\\$&")}%`);
}

function startOf(day: string): Date {
  return new Date(`${day}T00:00:00.000Z`);
}
