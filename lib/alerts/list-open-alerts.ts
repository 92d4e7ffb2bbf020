import "server-only";
import type { Database } from "@/db/client";
import { findCallsToJudge } from "@/db/queries/alerts/find-calls-to-judge";
import { readAlertFacts } from "@/db/queries/alerts/read-alert-facts";
import { toAlert } from "@/db/to-alert";
import type { Alert } from "@/lib/alerts/alert";
import { getAlertRules } from "@/lib/alerts/get-alert-rules";
import { isOngoing } from "@/lib/alerts/is-ongoing";
import { judgeCall } from "@/lib/alerts/judge-call";
import { untouchedAlert } from "@/lib/alerts/untouched-alert";

/**
 * Every alert that is open at `now`, the longest first: derived, so that it is right whatever was noticed, or was not.
 * @param callId of this call only
 */
export async function listOpenAlerts(db: Database, now: Date, callId?: string): Promise<Alert[]> {
  const rules = await getAlertRules(db);
  const facts = await readAlertFacts(
    db,
    callId === undefined ? await findCallsToJudge(db, rules, now) : [callId],
  );
  const found = facts.flatMap((each) =>
    judgeCall(each, rules, now).map((alert) => {
      const known = each.known.find(({ row }) => row.id === alert.id);
      return toAlert({ ...(known?.row ?? untouchedAlert), ...alert }, each.call, known?.log ?? []);
    }),
  );
  return found.filter(isOngoing).sort((a, b) => (a.since < b.since ? -1 : 1));
}
