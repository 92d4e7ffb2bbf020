import "server-only";
import type { Database } from "@/db/client";
import { findCallsToJudge } from "@/db/queries/alerts/find-calls-to-judge";
import { getAlertRules } from "@/lib/alerts/get-alert-rules";
import { announce } from "@/lib/alerts/notice-alerts";
import { updateAlerts } from "@/lib/alerts/update-alerts";

/** So many calls are read at a time: a hundred marks each. */
const atOnce = 100;

/** Looks at every call that may have an alert: silence makes one without any event, and a process may have died over one. */
export async function noticeOpenAlerts(db: Database, now = new Date()): Promise<void> {
  const callIds = await findCallsToJudge(db, await getAlertRules(db), now);
  for (let from = 0; from < callIds.length; from += atOnce) {
    const looks = callIds.slice(from, from + atOnce).map((callId) => ({ callId, now }));
    await announce(await updateAlerts(db, looks));
  }
}
