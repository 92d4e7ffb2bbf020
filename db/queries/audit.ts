import { and, desc, eq, gte, ilike, lt, or, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { auditLog } from "@/db/schema/auth";
import type { AuditAction, AuditActor, AuditFilter } from "@/lib/audit/audit";

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

type AuditEntry = {
  actor: AuditActor;
  action: AuditAction;
  /** The target's name: an e-mail, a key's name, a call id. Never a secret. */
  target?: string;
  /** The change in a few words: `{ from: "viewer", to: "admin" }`. */
  detail?: Record<string, string>;
  /** The address of the request. */
  ip: string | null;
};

/** Maximum length of each text: entries cannot be edited, so text from outsiders must stay short. */
const longest = 1_000;

/** Adds an entry to the audit log. Pass the transaction of the action itself, so that neither is stored without the other. */
export async function recordAudit(db: Pick<Database, "insert">, entry: AuditEntry): Promise<void> {
  const { actor, action, target, detail, ip } = entry;
  await db.insert(auditLog).values({
    actorKind: actor.kind,
    actorId: "id" in actor ? actor.id : null,
    actorName: "name" in actor ? actor.name.slice(0, longest) : null,
    action,
    target: target?.slice(0, longest),
    detail:
      detail &&
      Object.fromEntries(Object.entries(detail).map(([key, text]) => [key, text.slice(0, longest)])),
    ip,
  });
}

/** Limit for entries caused by outsiders: more add no information and would let the table grow with every attempt. */
const strangersPerMinute = 300;

/** Adds an entry caused by an outsider, unless the last minute already has too many of the same action. */
export async function recordStranger(
  db: Pick<Database, "insert" | "execute">,
  entry: Pick<AuditEntry, "action" | "target" | "detail" | "ip">,
): Promise<void> {
  const { action } = entry;
  const [full] = await db.execute(sql`
    select 1 from (
      select at from ${auditLog} where action = ${action} order by id desc offset ${strangersPerMinute - 1} limit 1
    ) earlier where earlier.at > now() - interval '1 minute'`);
  if (!full) await recordAudit(db, { ...entry, actor: { kind: "nobody" } });
}

/**
 * Deletes entries caused by outsiders, such as failed sign-ins, after 90 days; entries of members and keys stay. The table's
 * trigger allows only this deletion, in a transaction that declares it.
 */
export async function deleteOldAuditEntries(db: Pick<Database, "transaction">): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('earshot.audit_retention', 'on', true)`);
    await tx.execute(
      sql`delete from ${auditLog} where actor_kind = 'nobody' and at < now() - interval '90 days'`,
    );
  });
}
