import "server-only";
import type { Database } from "@/db/client";
import { findCallsToJudge } from "@/db/queries/alerts/find-calls-to-judge";
import { getAlertRules } from "@/lib/alerts/get-alert-rules";
import { announce } from "@/lib/alerts/notice-alerts";
import { updateAlerts } from "@/lib/alerts/update-alerts";
import { workApart } from "@/lib/tick/work-apart";

/** So many calls are read at a time: a hundred marks each. */
const atOnce = 100;

/** Looks at every call that may have an alert: silence makes one without any event, and a process may have died over one. */
export async function noticeOpenAlerts(db: Database, now = new Date()): Promise<void> {
  const callIds = await findCallsToJudge(db, await getAlertRules(db), now);
  await workApart(db, "alerts", callIds, atOnce, async (some) => {
    await announce(
      await updateAlerts(
        db,
        some.map((callId) => ({ callId, now })),
      ),
    );
  });
}
