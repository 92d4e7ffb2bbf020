import "server-only";
import type { Database } from "@/db/client";
import { findOpenSince, type KnownIncident, readKnown } from "@/db/queries/incidents/read";
import {
  readBackground,
  readProviders,
  readSignals,
  readToolSuccesses,
} from "@/db/queries/incidents/signals";
import { type FoundIncident, lockIncidents, saveIncident, saveMembers } from "@/db/queries/incidents/write";
import { startEscalations } from "@/db/queries/notifications/escalations";
import { enqueueNotifications, enqueueUpdates } from "@/db/queries/notifications/outbox";
import { readSetting } from "@/db/queries/settings";
import { fewestUnusual, type Group, type Signal } from "@/lib/incidents/bursts";
import { causeLabel } from "@/lib/incidents/cause-label";
import { findGroups, matchGroups } from "@/lib/incidents/group";
import { type IncidentRules, incidentRulesSetting } from "@/lib/incidents/rules";
import { usualNow } from "@/lib/rates/server/usual";

/** Signals up to this age are read again, so that late events still join their incident. Longer than any window. */
const lookBackMs = 40 * 60_000;
/** Longer incidents are judged by their last day. */
const longestMs = 24 * 60 * 60_000;

type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/**
 * Derives the incidents from current signals and stores changes with their notifications. Pass the transaction that
 * stores a new alert, so that no notification about the alert is sent before its incident is known.
 *
 * @returns the ids of incidents that changed
 */
export async function updateIncidents(tx: Transaction, now: Date): Promise<string[]> {
  const rules = await readSetting(tx, incidentRulesSetting);
  const usual = rules.trouble ? await usualNow(tx, rules, now) : null;
  await lockIncidents(tx);
  const openSince = await findOpenSince(tx);
  const from = new Date(
    Math.max(
      Math.min(now.getTime() - lookBackMs, openSince?.getTime() ?? Number.POSITIVE_INFINITY),
      now.getTime() - longestMs,
    ),
  );
  const { signals, names } = await readSignals(tx, from);
  const least = usual ? Math.min(fewestUnusual, rules.count) : rules.count;
  const isPossible = new Set(signals.map(({ callId }) => callId)).size >= least;
  if (!isPossible && openSince === null) return [];
  const known = await readKnown(tx, from);
  const calls = isPossible ? await readBackground(tx, from) : [];
  const successes = usual || !isPossible ? [] : await readToolSuccesses(tx, from, failingTools(signals));
  const silent = signals.filter(({ kind }) => kind === "alert");
  const providersOf = await readProviders(
    tx,
    silent.length >= least ? assistantsOf([...silent, ...calls]) : [],
  );
  const groups = findGroups(signals, calls, rules, now.getTime(), { usual, successes, providersOf });
  const matched = matchGroups(
    groups,
    known.map(({ row, members }) => ({ id: row.id, callIds: new Set(members.map(({ callId }) => callId)) })),
  );
  const changed: string[] = [];
  for (const { group, id } of matched) {
    const before = known.find(({ row }) => row.id === id) ?? null;
    const found = toFound(group, names);
    if (isCutOff(group, before, from, rules) || (before && isKnown(before, found, group))) continue;
    changed.push(await keep(tx, before, found, group, now));
  }
  const lost = known.filter(({ row }) => row.closedAt === null && !matched.some(({ id }) => id === row.id));
  for (const { row } of lost) {
    const { cause, callCount, failedCount, since, openedAt, lastAt } = row;
    const found = { cause, callCount, failedCount, since, openedAt, lastAt, closedAt: now };
    await saveIncident(tx, row.id, { ...found, outcome: "withdrawn" });
    await enqueueUpdates(tx, [{ incidentId: row.id, event: "recovered" }]);
    changed.push(row.id);
  }
  return changed;
}

const failingTools = (signals: readonly Signal[]) => [
  ...new Set(signals.flatMap(({ kind, causes }) => (kind === "tool" ? (causes.tool ?? []) : []))),
];

const assistantsOf = (some: readonly Pick<Signal, "causes">[]) => [
  ...new Set(some.flatMap(({ causes }) => causes.assistant ?? [])),
];

/** Whether a closed group began before the signals read here, so that the stored incident is more complete. */
function isCutOff(group: Group, before: KnownIncident | null, from: Date, rules: IncidentRules): boolean {
  if (group.closedAt === null) return false;
  return before ? before.row.since < from : group.since - rules.windowSeconds * 1000 < from.getTime();
}

function toFound({ cause, members, since, openedAt, lastAt, closedAt }: Group, names: Map<string, string>) {
  const calls = (some: readonly Signal[]) => new Set(some.map(({ callId }) => callId)).size;
  return {
    cause: { ...cause, label: causeLabel(cause.kind, cause.value, names) },
    outcome: closedAt === null ? "open" : "recovered",
    callCount: calls(members),
    failedCount: calls(members.filter(({ kind }) => kind === "failure")),
    since: new Date(since),
    openedAt: new Date(openedAt),
    lastAt: new Date(lastAt),
    closedAt: closedAt === null ? null : new Date(closedAt),
  } satisfies FoundIncident;
}

/** Whether the stored incident equals the derived one. Background counts change with every call and are ignored. */
function isKnown({ row, members }: KnownIncident, found: FoundIncident, group: Group): boolean {
  const ends = new Map(members.map(({ signalId, endedAt }) => [signalId, endedAt?.getTime() ?? null]));
  return (
    row.cause.kind === found.cause.kind &&
    row.cause.value === found.cause.value &&
    row.outcome === found.outcome &&
    row.openedAt.getTime() === found.openedAt.getTime() &&
    members.length === group.members.length &&
    group.members.every(({ id, endedAt }) => ends.get(id) === endedAt)
  );
}

async function keep(
  tx: Transaction,
  before: KnownIncident | null,
  found: FoundIncident,
  { members }: Group,
  now: Date,
): Promise<string> {
  const id = await saveIncident(tx, before?.row.id ?? null, found);
  const rows = members.map(({ id: signalId, callId, kind, at, endedAt }) => ({
    signalId,
    callId,
    kind,
    at: new Date(at),
    endedAt: endedAt === null ? null : new Date(endedAt),
  }));
  await saveMembers(tx, id, rows, before?.members ?? []);
  const isOpen = found.outcome === "open";
  if (!before && isOpen) {
    await enqueueNotifications(tx, [{ incidentId: id, noticedAt: now }]);
    await startEscalations(tx, [{ incidentId: id, subject: "incident", noticedAt: now }]);
  }
  if (before?.row.outcome === "open" && !isOpen)
    await enqueueUpdates(tx, [{ incidentId: id, event: "recovered" }]);
  return id;
}
