import "server-only";
import type { Database } from "@/db/client";
import { listWatched } from "@/db/queries/incidents/read";
import { lockIncidents, saveIncident } from "@/db/queries/incidents/write";
import { startEscalations } from "@/db/queries/notifications/escalations";
import { enqueueNotifications, enqueueUpdates } from "@/db/queries/notifications/outbox";
import { readAssistantNames, readLastBegun, readParts, sumReasons } from "@/db/queries/rates";
import { readSetting } from "@/db/queries/settings";
import type { IncidentRow } from "@/db/schema/incidents";
import { causeAssistant, causeLabel } from "@/lib/incidents/cause-label";
import { wholeAccount } from "@/lib/incidents/incident";
import { incidentRulesSetting } from "@/lib/incidents/rules";
import { announceIncidents } from "@/lib/incidents/server/notice";
import type { Providers } from "@/lib/rates/providers";
import { failedPart } from "@/lib/rates/series";
import { countQuarters, readLately, readUsual } from "@/lib/rates/server/usual";
import { toProviders } from "@/lib/rates/to-providers";
import { hoursBack } from "@/lib/rates/usual";
import { chooseUnusual, evaluateFigures, type Verdict } from "@/lib/rates/watch";

const hourMs = 60 * 60_000;
/** An incident about a metric that can no longer be measured closes after this long. */
const unknownMs = hourMs;

/**
 * Counts recent events, opens an incident for each unusual metric, and closes it once the metric is usual again. Safe
 * to run concurrently: each metric has at most one open incident.
 */
export async function watchRates(db: Database, now = new Date()): Promise<void> {
  await countQuarters(db, now);
  const rules = await readSetting(db, incidentRulesSetting);
  const usual = await readUsual(db, rules, now, { hasFigures: true });
  const [quarter, hour, lastBegun] = await Promise.all([
    readLately(db, now, 15),
    readLately(db, now, 60),
    readLastBegun(db, new Date(now.getTime() - hoursBack * hourMs)),
  ]);
  const verdicts = usual ? evaluateFigures(usual, { quarter, hour, lastBegun }, rules, now) : [];
  const changed = await db.transaction(async (tx) => {
    await lockIncidents(tx);
    const open = await listWatched(tx);
    const unusual = chooseUnusual(verdicts).filter((found) => !open.some((row) => covers(row, found)));
    const concerned = verdicts.filter(({ watched }) => open.some((row) => row.watched === watched));
    const causes = [...unusual, ...concerned].map(({ cause }) => causeAssistant(cause));
    const names = await readAssistantNames(tx, [...new Set(causes.flatMap((assistant) => assistant ?? []))]);
    const ids: string[] = [];
    for (const row of open) {
      const verdict = verdicts.find(({ watched }) => watched === row.watched);
      const isOff = row.cause.metric !== undefined && !rules[row.cause.metric.name];
      const isOver = verdict
        ? verdict.verdict === "usual"
        : isOff || now.getTime() - row.lastAt.getTime() >= unknownMs;
      if (verdict || isOver) ids.push(await follow(tx, row, verdict, isOver, names, now));
    }
    for (const found of unusual) ids.push(await start(tx, found, names, now));
    return ids;
  });
  await announceIncidents(changed);
}

type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** Whether an open incident covers a metric: the same one, or the same metric of the whole account or of the same provider. */
function covers({ watched, cause }: Pick<IncidentRow, "watched" | "cause">, found: Verdict): boolean {
  const { kind, value, metric } = found.cause;
  return (
    watched === found.watched ||
    watched === `${metric?.name} account ${wholeAccount}` ||
    (kind === "provider" &&
      cause.kind === kind &&
      cause.value === value &&
      cause.metric?.name === metric?.name)
  );
}

/** Updates an open incident with the current figures, or closes it. */
async function follow(
  tx: Transaction,
  row: IncidentRow,
  verdict: Verdict | undefined,
  isOver: boolean,
  names: Map<string, string>,
  now: Date,
): Promise<string> {
  const { callCount, failedCount, since, openedAt, outcome, closedAt } = row;
  const cause =
    verdict && !isOver
      ? { ...verdict.cause, label: causeLabel(verdict.cause.kind, verdict.cause.value, names) }
      : row.cause;
  const end = isOver ? { outcome: "recovered" as const, closedAt: now } : { outcome, closedAt };
  await saveIncident(tx, row.id, { cause, callCount, failedCount, since, openedAt, lastAt: now, ...end });
  if (isOver) await enqueueUpdates(tx, [{ incidentId: row.id, event: "recovered" }]);
  return row.id;
}

async function start(
  tx: Transaction,
  { watched, cause, since }: Verdict,
  names: Map<string, string>,
  now: Date,
): Promise<string> {
  const incidentId = await saveIncident(tx, null, {
    watched,
    cause: { ...cause, label: causeLabel(cause.kind, cause.value, names) },
    outcome: "open",
    callCount: 0,
    failedCount: 0,
    since,
    openedAt: now,
    lastAt: now,
    closedAt: null,
  });
  await enqueueNotifications(tx, [{ incidentId, noticedAt: now }]);
  await startEscalations(tx, [{ incidentId, subject: "incident", noticedAt: now }]);
  return incidentId;
}

const dayMs = 24 * 60 * 60_000;

/** Returns the state and history of each provider. Safe for viewers, because it contains no caller data. */
export async function getProviders(db: Database, now: Date): Promise<Providers> {
  const rules = await readSetting(db, incidentRulesSetting);
  const [quarter, hour, kept, usual, ends] = await Promise.all([
    readLately(db, now, 15),
    readLately(db, now, 60),
    readParts(db, new Date(now.getTime() - dayMs)),
    readUsual(db, rules, now, { hasFigures: true }),
    sumReasons(db, new Date(now.getTime() - dayMs)),
  ]);
  const reasons = new Map<string, { code: string; calls: number }[]>();
  for (const { code, calls } of ends) {
    const value = failedPart(code);
    if (value !== null) reasons.set(value, [...(reasons.get(value) ?? []), { code, calls }]);
  }
  return toProviders({ quarter, hour, kept, usual, reasons }, now);
}
