import "server-only";
import { and, asc, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { type AlertRow, alertActs, alertChanges, alerts } from "@/db/schema/alerts";
import type { versionAlerts } from "@/db/schema/analytics";
import { users } from "@/db/schema/auth";
import { calls } from "@/db/schema/calls";
import type { incidents } from "@/db/schema/incidents";
import { type ActionRequest, type AlertActor, type AlertChange, readAlertId } from "@/lib/alerts/alert";
import { can } from "@/lib/auth/permissions";
import { roles } from "@/lib/auth/roles";

/** An action ready to be stored; an assignment includes the assignee's name. */
export interface ActionRecord {
  /** Id of the alert, incident or version alert. */
  id: string;
  request: ActionRequest;
  by: AlertActor;
  at: Date;
  assignee: AlertActor | null;
}

/**
 * Performs an action if it is still possible: of two concurrent actions, only one succeeds. Returns false for a
 * conflict. Pass the transaction that also writes the audit entry.
 */
export async function updateAlertRow(
  db: Pick<Database, "update" | "insert">,
  action: ActionRecord,
): Promise<boolean> {
  const { id: alertId, request, at } = action;
  if (!(await updateActed(db, alerts, action))) return false;
  await db.insert(alertActs).values({ alertId, ...toActionRow(action) });
  const callId = readAlertId(alertId)?.callId;
  if (callId !== undefined)
    await recordAlertChanges(db, [{ alertId, callId, change: changes[request.kind], at }]);
  return true;
}

const changes = {
  acknowledge: "acknowledged",
  assign: "assigned",
  snooze: "snoozed",
  note: "noted",
  resolve: "resolved",
} as const satisfies Record<ActionRequest["kind"], AlertChange>;

/** Records changes of alerts so that they can be forwarded. Pass the transaction that makes the changes. */
async function recordAlertChanges(
  tx: Pick<Database, "insert">,
  changed: readonly { alertId: string; callId: string; change: AlertChange; at: Date }[],
): Promise<void> {
  if (changed.length > 0) await tx.insert(alertChanges).values([...changed]);
}

/** Records that alerts have closed, and how. Pass the transaction that closes them. */
export function recordOver(tx: Pick<Database, "insert">, over: readonly FoundAlert[]): Promise<void> {
  // One millisecond later, so that opening and closing in one transaction keep their order.
  const at = new Date(Date.now() + 1);
  return recordAlertChanges(
    tx,
    over.flatMap(({ id, callId, outcome }) =>
      outcome === "open" ? [] : [{ alertId: id, callId, change: outcome, at }],
    ),
  );
}

/** Tables of things people act on, with the same columns for their actions. */
type ActedOn = typeof alerts | typeof incidents | typeof versionAlerts;

/**
 * Performs an action on its row if it is still possible: of two concurrent actions, only one succeeds. Returns false
 * for a conflict.
 */
export async function updateActed(
  tx: Pick<Database, "update">,
  table: ActedOn,
  action: ActionRecord,
): Promise<boolean> {
  const won = await tx
    .update(table)
    .set({ ...toActionColumns(table, action), actsVersion: sql`${table.actsVersion} + 1` })
    .where(and(eq(table.id, action.id), isStillPossible(table, action.request)))
    .returning({ id: table.id });
  return won.length > 0;
}

/** The action's row in the log. */
export function toActionRow({ request, by, at, assignee }: ActionRecord) {
  return { kind: request.kind, by, at, text: "text" in request ? request.text : null, assignee };
}

function isStillPossible(table: ActedOn, request: ActionRequest): SQL | undefined {
  switch (request.kind) {
    case "acknowledge":
      // A resolved alert also counts as acknowledged.
      return isNull(table.acknowledgedAt);
    case "assign":
      return and(
        isNull(table.resolvedAt),
        sql`${table.assignee}->>'id' is not distinct from ${request.from}`,
      );
    case "snooze":
    case "resolve":
      return isNull(table.resolvedAt);
    case "note":
      return undefined;
  }
}

function toActionColumns(table: ActedOn, { request, by, at, assignee }: Omit<ActionRecord, "id">) {
  switch (request.kind) {
    case "acknowledge":
      return { acknowledgedBy: by, acknowledgedAt: at };
    case "assign":
      return { assignee };
    case "snooze":
      return {
        snoozedUntil: request.minutes === 0 ? null : new Date(at.getTime() + request.minutes * 60_000),
      };
    case "resolve":
      return {
        resolvedBy: by,
        resolvedAt: at,
        acknowledgedBy: sql`coalesce(${table.acknowledgedBy}, ${sql.param(by, table.acknowledgedBy)})`,
        acknowledgedAt: sql`coalesce(${table.acknowledgedAt}, ${sql.param(at, table.acknowledgedAt)})`,
      };
    case "note":
      return {};
  }
}

const mayAct = and(
  inArray(
    users.role,
    roles.filter((role) => can(role, "alerts.act")),
  ),
  eq(users.banned, false),
);

/** Everyone an alert can be assigned to, by name. */
export async function listAssignees(db: Pick<Database, "select">): Promise<AlertActor[]> {
  return db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(mayAct)
    .orderBy(asc(sql`lower(${users.name})`), asc(users.id));
}

/** An assignee by id, or null. */
export async function findAssignee(db: Pick<Database, "select">, id: string): Promise<AlertActor | null> {
  const [found] = await db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(and(eq(users.id, id), mayAct));
  return found ?? null;
}

/**
 * Locks the alerts of these calls until the transaction ends. The calls' own rows stay unlocked, so recording an event never
 * waits.
 */
export async function lockAlerts(tx: Pick<Database, "execute">, callIds: readonly string[]): Promise<void> {
  const ids = JSON.stringify([...new Set(callIds)].sort());
  await tx.execute(sql`
    select pg_advisory_xact_lock(hashtext('earshot alerts'), hashtext(id))
    from jsonb_array_elements_text(${ids}::jsonb) with ordinality as calls(id, n) order by n
  `);
}

export type FoundAlert = Pick<
  AlertRow,
  | "id"
  | "callId"
  | "kind"
  | "since"
  | "openedAt"
  | "hangs"
  | "closedAt"
  | "outcome"
  | "callVersion"
  | "assistant"
  | "rule"
>;

/**
 * Stores derived alerts unless a later version of the call has already been stored. Returns the ids inserted here: of several
 * concurrent callers, one gets each id.
 */
export async function saveAlerts(
  db: Pick<Database, "insert" | "select" | "update">,
  found: readonly FoundAlert[],
): Promise<string[]> {
  const saved = await db
    .insert(alerts)
    .values([...found])
    .onConflictDoUpdate({
      target: alerts.id,
      set: {
        kind: sql`excluded.kind`,
        since: sql`excluded.since`,
        openedAt: sql`excluded.opened_at`,
        hangs: sql`excluded.hangs`,
        closedAt: sql`excluded.closed_at`,
        outcome: sql`excluded.outcome`,
        callVersion: sql`excluded.call_version`,
        assistant: sql`excluded.assistant`,
      },
      setWhere: sql`excluded.call_version >= ${alerts.callVersion}`,
    })
    .returning({ id: alerts.id, callId: alerts.callId, isNew: sql<boolean>`xmax = 0` });
  const fresh = saved.filter(({ isNew }) => isNew);
  const isFresh = ({ id }: FoundAlert) => fresh.some((each) => each.id === id);
  const at = new Date();
  await recordAlertChanges(
    db,
    fresh.map(({ id, callId }) => ({ alertId: id, callId, change: "opened", at })),
  );
  await recordOver(db, found.filter(isFresh));
  return fresh.map(({ id }) => id);
}

/**
 * Marks these calls as having alerts, so that each later event of theirs is checked. Call it last: the rows stay locked until
 * the transaction ends, and recording waits for them. Returns the rows.
 */
export async function recordNoticed(
  db: Pick<Database, "select" | "update">,
  callIds: readonly string[],
): Promise<{ id: string; version: number; lastEventAt: Date }[]> {
  if (callIds.length === 0) return [];
  const isTheirs = inArray(calls.id, [...callIds]);
  // In the same order as recording locks them, to avoid deadlocks.
  await db.select({ id: calls.id }).from(calls).where(isTheirs).orderBy(calls.id).for("no key update");
  return db
    .update(calls)
    .set({ alertedAt: sql`greatest(${calls.alertedAt}, now())` })
    .where(isTheirs)
    .returning({ id: calls.id, version: calls.version, lastEventAt: calls.lastEventAt });
}
