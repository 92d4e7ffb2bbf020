import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { auditLog } from "@/db/schema/audit-log";
import type { AuditAction, AuditActor } from "@/lib/audit/audit";

export type AuditEntry = {
  actor: AuditActor;
  action: AuditAction;
  /** What it was done to, as people call it: an e-mail, a key's name, a call id. Never a secret. */
  target?: string;
  /** What changed, in short words: `{ from: "viewer", to: "admin" }`. */
  detail?: Record<string, string>;
  /** Where the request came from. */
  ip: string | null;
};

/** Of each text: entries are never changed, so that what a stranger may write into one has to be short. */
const longest = 1_000;

/**
 * Adds one entry to the audit log. Give the transaction of the act itself, so that neither is kept without the other.
 */
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

/** Of what strangers cause: with more, entries say nothing new, and the table would grow as fast as they knock. */
const strangersPerMinute = 300;

/** Adds an entry of a stranger's, unless there have been so many of its action within the last minute. */
export async function recordStranger(
  db: Pick<Database, "insert" | "execute">,
  entry: Pick<AuditEntry, "action" | "target" | "ip">,
): Promise<void> {
  const { action } = entry;
  const [full] = await db.execute(sql`
    select 1 from (
      select at from ${auditLog} where action = ${action} order by id desc offset ${strangersPerMinute - 1} limit 1
    ) earlier where earlier.at > now() - interval '1 minute'`);
  if (!full) await recordAudit(db, { ...entry, actor: { kind: "nobody" } });
}
