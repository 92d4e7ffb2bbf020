import "server-only";
import { type Database, db as ownDatabase } from "@/db/client";
import { type AlertFacts, readAlertFacts } from "@/db/queries/alerts/read";
import { toAlert } from "@/db/queries/alerts/rows";
import {
  type FoundAlert,
  lockAlerts,
  recordNoticed,
  recordOver,
  saveAlerts,
} from "@/db/queries/alerts/write";
import { startEscalations } from "@/db/queries/notifications/escalations";
import { enqueueNotifications, enqueueUpdates } from "@/db/queries/notifications/outbox";
import { untouchedAlert } from "@/lib/alerts/actions";
import type { Alert } from "@/lib/alerts/alert";
import type { AlertRules } from "@/lib/alerts/rules";
import { deriveAlerts, getAlertRules, isUnchanged } from "@/lib/alerts/server/derive";
import { createKeyedBatcher } from "@/lib/keyed-batcher";
import { escalationSubject } from "@/lib/notifications/escalation";

/** A request to derive a call's alerts as of a moment. */
export interface Recheck {
  callId: string;
  now: Date;
}

/** Without `now`: as of the call's last event. */
type PartialRecheck = Pick<Recheck, "callId"> & Partial<Recheck>;

export interface Updated {
  /** Every alert that changed. */
  changed: Alert[];
  /** Whether any opened or closed, so that notifications may be due. */
  isNews: boolean;
  /** Ids of incidents that changed with them. */
  incidentIds: string[];
}

type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

interface Change {
  found: FoundAlert;
  facts: AlertFacts;
  now: Date;
}

const nothing: Updated = { changed: [], isNews: false, incidentIds: [] };

/**
 * Derives the alerts of calls and stores what changed, with the notifications of new ones. Safe to run concurrently and to
 * repeat: a lock per call keeps an episode from being stored twice.
 */
export async function updateAlerts(db: Database, rechecks: readonly PartialRecheck[]): Promise<Updated> {
  if (rechecks.length === 0) return nothing;
  const rules = await getAlertRules();
  const updated = await db.transaction(async (tx) => {
    const changes = await findChanges(tx, rules, rechecks);
    if (changes.some(isNewsOf)) return null;
    await keep(tx, changes);
    return { ...nothing, changed: changes.map(toChanged) };
  });
  if (updated) return updated;
  const { overtaken, ...first } = await updateInTurn(rechecks);
  const later = await updateAlerts(db, overtaken);
  return {
    changed: [
      ...first.changed.filter(({ id }) => later.changed.every((each) => each.id !== id)),
      ...later.changed,
    ],
    isNews: first.isNews || later.isNews,
    incidentIds: [...new Set([...first.incidentIds, ...later.incidentIds])],
  };
}

/** Derives incidents after a call has failed. Returns the ids of those that changed. */
export async function updateIncidentsInTurn(): Promise<string[]> {
  return (await updateInTurn([])).incidentIds;
}

interface UpdatedInTurn extends Updated {
  /** Calls with events newer than the version read. Those events skipped the alert check, as no alert was stored yet. */
  overtaken: Recheck[];
}

/**
 * Stores alerts that opened or closed, with their incidents, which share one lock. A process runs one such transaction
 * at a time, and waiting calls go into the next one together, so an outage neither uses up the connections nor derives
 * incidents once per call.
 */
const updateInTurn = createKeyedBatcher({
  work: async (asked: (readonly PartialRecheck[])[]): Promise<UpdatedInTurn[]> => {
    await new Promise((resolve) => setTimeout(resolve, pauseMsAfter(lastTurn, performance.now())));
    const all = await takeTurn(
      asked.flat(),
      asked.some((rechecks) => rechecks.length === 0),
    );
    return asked.map((rechecks, index) => {
      const isOwn = ({ callId }: { callId: string }) => rechecks.some((recheck) => recheck.callId === callId);
      return {
        changed: all.changed.filter(isOwn),
        isNews: all.isNews,
        // Only the first request announces the incidents.
        incidentIds: index === 0 ? all.incidentIds : [],
        overtaken: all.overtaken.filter(isOwn),
      };
    });
  },
  keyOf: () => "incidents",
});

const mostPauseMs = 500;

/** A finished turn: its end on `performance`'s clock, and its duration. */
interface Turn {
  endedAt: number;
  tookMs: number;
}

let lastTurn: Turn = { endedAt: Number.NEGATIVE_INFINITY, tookMs: 0 };

/**
 * Milliseconds to wait before the next turn: a process keeps as much time for other work as the last turn took, up to half a
 * second. In an outage, turns would otherwise run back to back.
 */
export function pauseMsAfter({ endedAt, tookMs }: Turn, now: number): number {
  return Math.max(0, endedAt + Math.min(mostPauseMs, tookMs) - now);
}

async function takeTurn(rechecks: readonly PartialRecheck[], hasFailure: boolean): Promise<UpdatedInTurn> {
  const startedAt = performance.now();
  try {
    return await updateWithIncidents(rechecks, hasFailure);
  } finally {
    const endedAt = performance.now();
    lastTurn = { endedAt, tookMs: endedAt - startedAt };
  }
}

async function updateWithIncidents(
  rechecks: readonly PartialRecheck[],
  hasFailure: boolean,
): Promise<UpdatedInTurn> {
  const rules = await getAlertRules();
  return ownDatabase.transaction(async (tx) => {
    const changes = await findChanges(tx, rules, rechecks);
    const newIds = await keep(tx, changes);
    const isNews = changes.some(isNewsOf);
    // In the same transaction, so that no sender sees a new alert before its incident is known.
    const incidentIds = isNews || hasFailure ? await updateIncidents(tx) : [];
    // Last, because it locks the calls' rows, and recording deliveries must not wait for the incidents' lock.
    const noticed = changes.filter(({ found }) => newIds.includes(found.id));
    const rows = await recordNoticed(tx, [...new Set(noticed.map(({ found }) => found.callId))]);
    const overtaken = rows.flatMap(({ id, version, lastEventAt }) => {
      const seen = noticed.find(({ found }) => found.callId === id);
      if (!seen || seen.facts.call.version >= version) return [];
      return [{ callId: id, now: new Date(Math.max(lastEventAt.getTime(), seen.now.getTime())) }];
    });
    return { changed: changes.map(toChanged), isNews, incidentIds, overtaken };
  });
}

/** Imported on first use, so the webhook's cold start does not wait for it. */
async function updateIncidents(tx: Transaction): Promise<string[]> {
  const derive = await import("@/lib/incidents/server/derive");
  return derive.updateIncidents(tx, new Date());
}

async function findChanges(
  tx: Transaction,
  rules: AlertRules,
  rechecks: readonly PartialRecheck[],
): Promise<Change[]> {
  if (rechecks.length === 0) return [];
  const callIds = [...new Set(rechecks.map(({ callId }) => callId))];
  const moments = new Map<string, Date>();
  for (const { callId, now } of rechecks) {
    const known = moments.get(callId);
    if (now && (!known || known < now)) moments.set(callId, now);
  }
  await lockAlerts(tx, callIds);
  const facts = await readAlertFacts(tx, callIds);
  return facts.flatMap((each) => {
    const now = moments.get(each.call.id) ?? each.call.lastEventAt;
    return deriveAlerts(each, rules, now)
      .filter((found) => !isUnchanged(each.known.find(({ row }) => row.id === found.id)?.row, found))
      .map((found) => ({ found, facts: each, now }));
  });
}

/** Whether an alert opened or closed. */
function isNewsOf({ found, facts }: Change): boolean {
  return found.outcome !== "open" || facts.known.every(({ row }) => row.id !== found.id);
}

async function keep(tx: Transaction, changes: readonly Change[]): Promise<string[]> {
  if (changes.length === 0) return [];
  // Sorted, so that concurrent writers of the same alerts do not deadlock.
  const found = changes.map((change) => change.found).sort((a, b) => (a.id < b.id ? -1 : 1));
  const newIds = await saveAlerts(tx, found);
  const open = changes.filter(({ found: { id, outcome } }) => outcome === "open" && newIds.includes(id));
  await enqueueNotifications(
    tx,
    open.map((change) => ({ alertId: change.found.id, noticedAt: change.now })),
  );
  await startEscalations(
    tx,
    open.map(({ found: { id, ...alert }, now }) => ({
      alertId: id,
      subject: escalationSubject(alert),
      noticedAt: now,
    })),
  );
  const over = changes.filter(
    ({ found, facts }) =>
      found.outcome !== "open" &&
      facts.known.some(({ row }) => row.id === found.id && row.outcome === "open"),
  );
  await recordOver(
    tx,
    over.map((change) => change.found),
  );
  await enqueueUpdates(
    tx,
    over.map((change) => ({ alertId: change.found.id, event: "recovered" })),
  );
  return newIds;
}

function toChanged({ found, facts: { call, known } }: Change): Alert {
  const before = known.find(({ row }) => row.id === found.id);
  return toAlert({ ...(before?.row ?? untouchedAlert), ...found }, call, before?.log ?? []);
}
