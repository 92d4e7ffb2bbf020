import "server-only";
import type { Database } from "@/db/client";
import {
  hasVersionAlert,
  listUnclosedVersionAlerts,
  openVersionAlert,
  updateVersionAlert,
} from "@/db/queries/analytics/version-alerts";
import {
  countReasons,
  listAssistantsSince,
  listVersions,
  sumVersion,
  type Wanted,
} from "@/db/queries/analytics/versions";
import { startEscalations } from "@/db/queries/notifications/escalations";
import { enqueueNotifications, enqueueUpdates } from "@/db/queries/notifications/outbox";
import { compareVersions, findWorse, isStillWorse } from "@/lib/analytics/compare-versions";
import type { VersionAlert } from "@/lib/analytics/version-alert";
import {
  type AssistantVersion,
  chooseBaseline,
  mostBefore,
  mostCalls,
  type VersionComparison,
  type VersionFilter,
} from "@/lib/analytics/versions";

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;
/** Versions without calls for this long are ignored. */
const knownMs = 30 * dayMs;

const firstOf = (assistant: string, version: string): Wanted => ({
  assistant,
  version,
  end: "first",
  most: mostCalls,
});
const lastOf = (assistant: string, version: string): Wanted => ({
  assistant,
  version,
  end: "last",
  most: mostBefore,
});

/** Compares the first calls of one version of an assistant with the last calls of another. */
export async function getVersionComparison(
  db: Database,
  filter: VersionFilter,
  now = new Date(),
): Promise<VersionComparison> {
  const { assistant } = filter;
  const { name, versions } = await listVersions(db, assistant, new Date(now.getTime() - knownMs));
  const version = filter.version ?? versions[0]?.version;
  const newer = versions.find((each) => each.version === version);
  const baseline = filter.baseline ?? (newer && chooseBaseline(versions, newer)?.version);
  const known = { assistant, name: name ?? assistant, versions };
  if (!version || !baseline || version === baseline) return { ...known, comparison: null };
  const [mine, before] = [firstOf(assistant, version), lastOf(assistant, baseline)];
  const [sums, sumsBefore, reasons, reasonsBefore] = await Promise.all([
    sumVersion(db, mine),
    sumVersion(db, before),
    countReasons(db, mine),
    countReasons(db, before),
  ]);
  const codes = [...new Set([...reasons, ...reasonsBefore].map(({ code }) => code))];
  const count = (of: typeof reasons, code: string) => of.find((each) => each.code === code)?.calls ?? 0;
  return {
    ...known,
    comparison: {
      baseline,
      version,
      calls: { baseline: sumsBefore.calls, version: sums.calls },
      metrics: compareVersions(sumsBefore, sums),
      reasons: codes.map((code) => ({
        code,
        baseline: count(reasonsBefore, code),
        version: count(reasons, code),
      })),
    },
  };
}

/**
 * Checks the newest version of each assistant with recent calls. Opens one alert if it is worse than its baseline;
 * closes the alert once it no longer is, or takes no more calls. Safe to run concurrently.
 */
export async function checkVersions(db: Database, now = new Date()): Promise<void> {
  for (const alert of await listUnclosedVersionAlerts(db)) await recheck(db, alert, now);
  for (const assistant of await listAssistantsSince(db, new Date(now.getTime() - dayMs))) {
    await checkNewest(db, assistant, now);
  }
}

async function checkNewest(db: Database, assistant: string, now: Date): Promise<void> {
  const { name, versions } = await listVersions(db, assistant, new Date(now.getTime() - knownMs));
  const [newest] = versions;
  const before = newest && chooseBaseline(versions, newest);
  if (!newest || !before || isGone(newest, versions, now)) return;
  const { version } = newest;
  if (await hasVersionAlert(db, { assistant, version })) return;
  const [sums, sumsBefore] = await Promise.all([
    sumVersion(db, firstOf(assistant, version)),
    sumVersion(db, lastOf(assistant, before.version)),
  ]);
  if (findWorse(sumsBefore, sums).length === 0) return;
  await db.transaction(async (tx) => {
    const versionAlertId = await openVersionAlert(tx, {
      assistant,
      version,
      assistantName: name,
      baseline: before.version,
      metrics: compareVersions(sumsBefore, sums),
      calls: { baseline: sumsBefore.calls, version: sums.calls },
      openedAt: now,
    });
    if (versionAlertId === null) return;
    await enqueueNotifications(tx, [{ versionAlertId, noticedAt: now }]);
    await startEscalations(tx, [{ versionAlertId, subject: "version", noticedAt: now }]);
  });
}

async function recheck(db: Database, alert: VersionAlert, now: Date): Promise<void> {
  const { id, assistant, version, baseline } = alert;
  const { versions } = await listVersions(db, assistant, new Date(now.getTime() - knownMs));
  const mine = versions.find((each) => each.version === version);
  if (!mine || isGone(mine, versions, now)) {
    return close(db, id, "gone", now);
  }
  const [sums, sumsBefore] = await Promise.all([
    sumVersion(db, firstOf(assistant, version)),
    sumVersion(db, lastOf(assistant, baseline)),
  ]);
  const calls = { baseline: sumsBefore.calls, version: sums.calls };
  const wasWorse = alert.metrics.filter(({ verdict }) => verdict === "worse").map(({ metric }) => metric);
  const isWorse = wasWorse.some((metric) => isStillWorse(metric, sumsBefore, sums));
  if (!isWorse) return close(db, id, "no-longer-worse", now);
  // Keeps the verdict "worse" on the metrics that opened the alert, even while their interval includes 0.
  const metrics = compareVersions(sumsBefore, sums).map((each) =>
    wasWorse.includes(each.metric) ? { ...each, verdict: "worse" as const } : each,
  );
  await updateVersionAlert(db, id, { calls, metrics });
}

/** Closes an alert. If several processes do so at once, only one queues the notifications. */
async function close(
  db: Database,
  id: string,
  closedBecause: NonNullable<VersionAlert["closedBecause"]>,
  closedAt: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    if (!(await updateVersionAlert(tx, id, { closedAt, closedBecause }))) return;
    await enqueueUpdates(tx, [{ versionAlertId: id, event: "recovered" }]);
  });
}

/** Whether a version no longer takes calls: none for a day, or another version's last call is over an hour newer. */
function isGone(version: AssistantVersion, versions: readonly AssistantVersion[], now: Date): boolean {
  const last = Date.parse(version.lastAt);
  if (now.getTime() - last > dayMs) return true;
  return versions.some((other) => Date.parse(other.lastAt) - last > hourMs);
}
