import "server-only";
import { db } from "@/db/client";
import type { Delivery } from "@/db/facts";
import type { Recorded } from "@/db/queries/record-events";
import { concernsAlerts } from "@/lib/alerts/concerns-alerts";
import { getAlertRules } from "@/lib/alerts/get-alert-rules";
import { type Updated, updateAlerts } from "@/lib/alerts/update-alerts";
import { describeError, log } from "@/lib/log";
import { sendDue } from "@/lib/notifications/send-due";
import { publishAlerts } from "@/lib/realtime/publish-alerts";

/**
 * What a recorded delivery means for its call's alerts: keeps it, and tells whoever watches, and whoever is to be told.
 * Never rejects: what fails here is made up for by the tick.
 */
export async function noticeAlerts(delivery: Delivery, { isFresh, call }: Recorded): Promise<void> {
  if (!isFresh || !call) return;
  try {
    if (!concernsAlerts(delivery, call, await getAlertRules(db))) return;
    // As of the call's own clock: deliveries that come late, or are replayed, must not look like silence.
    await announce(await updateAlerts(db, [call.id], call.lastEventAt));
  } catch (cause) {
    log("error", "an alert may not be noticed before the next tick", {
      callId: call.id,
      ...describeError(cause),
    });
  }
}

/** Tells whoever watches of changed alerts, and sends what is due. */
export async function announce({ changed, isAnyNew }: Updated): Promise<void> {
  await Promise.all([publishAlerts(changed), isAnyNew ? sendDue(db) : null]);
}
