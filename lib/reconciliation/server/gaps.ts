import "server-only";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { enqueueGapWarning } from "@/db/queries/notifications/warnings";
import { readCoverage, readRecentCoverage } from "@/db/queries/reconciliation/calls";
import { closeGap, hasDeliveries, openGap, readReconciliation } from "@/db/queries/reconciliation/state";
import { readSetting, writeSetting } from "@/db/queries/settings";
import type { By } from "@/lib/audit/audit";
import { log } from "@/lib/log";
import { addUp, type Comparison, type GapRules, gapRulesSetting, isGap } from "@/lib/reconciliation/coverage";
import { canAskVapi } from "@/lib/vapi/server/client";

const hourMs = 3_600_000;

/** Coverage of the calls compared within the last hour. */
export const readLastHour = (db: Pick<Database, "select">, now: Date) =>
  readRecentCoverage(db, new Date(now.getTime() - hourMs));

/** Logs an error and notifies every channel once if too little arrived within the hour, and again on recovery. */
export async function watchGaps(db: Database, now: Date): Promise<void> {
  const [coverage, rules] = await Promise.all([readLastHour(db, now), readSetting(db, gapRulesSetting)]);
  const isBad = isGap(coverage, rules) && (await hasDeliveries(db));
  await db.transaction(async (tx) => {
    if (isBad) {
      if (!(await openGap(tx, now))) return;
      log("error", "too few events are delivered", { ...coverage });
      await enqueueGapWarning(tx, "opened", now, now);
    } else {
      const since = await closeGap(tx);
      if (since) await enqueueGapWarning(tx, "recovered", since, now);
    }
  });
}

/** Returns the comparison for the Health page. */
export async function readComparison(db: Database, now = new Date()): Promise<Comparison> {
  const [state, hours, rules, canAsk] = await Promise.all([
    readReconciliation(db),
    readCoverage(db, new Date(now.getTime() - 24 * hourMs)),
    readSetting(db, gapRulesSetting),
    canAskVapi(),
  ]);
  return {
    canAsk,
    checkedAt: state?.checkedAt?.toISOString() ?? null,
    failure: state?.failure ?? null,
    gapSince: state?.gapSince?.toISOString() ?? null,
    rules,
    lastDay: addUp(hours),
    hours,
  };
}

/** Sets the percentages below which a gap is reported. */
export async function setGapRules(db: Database, rules: GapRules, by: By): Promise<void> {
  await db.transaction(async (tx) => {
    await writeSetting(tx, gapRulesSetting, rules);
    const detail = { calls: `${rules.callsPercent} %`, reports: `${rules.reportsPercent} %` };
    await recordAudit(tx, { ...by, action: "gap-rules.changed", detail });
  });
}
