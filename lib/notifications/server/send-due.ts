import "server-only";
import type { Database } from "@/db/client";
import { readContentFault } from "@/db/faults";
import { getAlert } from "@/db/queries/alerts/read";
import { findVersionAlert } from "@/db/queries/analytics/version-alerts";
import { listConnections } from "@/db/queries/connect";
import { getIncidents, isInOpenIncident } from "@/db/queries/incidents/read";
import { findIssue } from "@/db/queries/issues";
import { readSentSoFar } from "@/db/queries/notifications/read";
import {
  type Claimed,
  claimNotifications,
  retryNotification,
  type Settlement,
  settleNotification,
} from "@/db/queries/notifications/sending";
import { readReconciliation } from "@/db/queries/reconciliation/state";
import { measureRouting } from "@/db/queries/routed";
import { recordSetAside } from "@/db/queries/set-aside";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { decideDelivery, type Subject } from "@/lib/notifications/decide-delivery";
import { toMessage } from "@/lib/notifications/message";
import { isUpdate, nextAttemptMs } from "@/lib/notifications/notification";
import { describeFailure, sendToChannel } from "@/lib/notifications/server/channels/channels";
import { readLastHour } from "@/lib/reconciliation/server/gaps";
import { workApart } from "@/lib/tick/server/work-apart";

const sendJob = "notifications";

/** Sends everything that is due, each notification from one process only, until nothing is left. Safe to run concurrently. */
export async function sendDue(db: Database): Promise<void> {
  for (;;) {
    const claimed = await claimNotifications(db);
    if (claimed.length === 0) return;
    await Promise.all(claimed.map((each) => settleApart(db, each)));
  }
}

/** Sets aside a notification that fails because of its content, so that the others are sent. It can be retried. */
async function settleApart(db: Database, claimed: Claimed): Promise<void> {
  try {
    await settle(db, claimed);
  } catch (cause) {
    const reason = readContentFault(cause);
    if (reason === null) throw cause;
    const { notification } = claimed;
    await recordSetAside(db, { job: sendJob, item: notification.id, reason });
    await settleNotification(db, notification, { came: "failed", why: reason, pauseMs: null });
  }
}

/** Retries set-aside notifications that are due, then sends everything else that is due. */
export async function sendDueAndSetAside(db: Database): Promise<void> {
  await workApart(db, sendJob, [], 1, ([id = ""]) => retryNotification(db, id));
  await sendDue(db);
}

/** Returns the notification's subject in its current state; null if it no longer exists. */
async function readSubject(db: Database, notification: Claimed["notification"]): Promise<Subject | null> {
  const { about, event, alertId, incidentId, issueId, versionAlertId } = notification;
  if (about === "test") return { about };
  if (about === "routing") return { about, latency: await measureRouting(db) };
  if (about === "connection") {
    const connections = await listConnections(db);
    return { about, drifted: connections.filter(({ drifts }) => drifts.length > 0) };
  }
  if (about === "gaps") {
    const [coverage, state] = await Promise.all([readLastHour(db, new Date()), readReconciliation(db)]);
    return { about, event, coverage, since: state?.gapSince ?? null };
  }
  if (incidentId !== null) {
    const [incident] = await getIncidents(db, [incidentId]);
    const soFar = event === "opened" ? null : await readSentSoFar(db, { incidentId }, notification);
    return incident ? { about: "incident", event, incident, soFar } : null;
  }
  if (issueId !== null) {
    const issue = await findIssue(db, issueId);
    const soFar = event === "opened" ? null : await readSentSoFar(db, { issueId }, notification);
    return issue && { about: "issue", event, issue, soFar };
  }
  if (versionAlertId !== null) {
    const alert = await findVersionAlert(db, versionAlertId);
    const soFar = event === "opened" ? null : await readSentSoFar(db, { versionAlertId }, notification);
    return alert && { about: "version", event, alert, soFar };
  }
  const alert = alertId === null ? null : await getAlert(db, alertId);
  if (!alert) return null;
  const soFar = event === "opened" ? null : await readSentSoFar(db, { alertId: alert.id }, notification);
  const isInIncident = !isUpdate(event) && (await isInOpenIncident(db, alert.id));
  return { about: "alert", event, alert, soFar, isInIncident };
}

async function settle(db: Database, claimed: Claimed): Promise<void> {
  await settleNotification(db, claimed.notification, await attempt(db, claimed));
}

async function attempt(db: Database, { notification, channel }: Claimed): Promise<Settlement> {
  const now = new Date();
  const subject = await readSubject(db, notification);
  if (!subject) return { came: "skipped", reason: "Its call has been deleted." };
  const verdict = decideDelivery(subject, channel, now);
  if (verdict.act === "leave") return { came: "skipped", reason: verdict.reason };
  if (verdict.act === "wait") return { came: "postponed", until: verdict.until };
  try {
    const message = toMessage(subject, channel.name, env.APP_URL, now);
    const first = "soFar" in subject ? (subject.soFar?.receipt ?? null) : null;
    return { came: "sent", receipt: await sendToChannel(channel, notification.id, message, first) };
  } catch (cause) {
    const { id, attempts } = notification;
    log("warn", "a notification did not arrive", {
      id,
      kind: channel.kind,
      attempts,
      error: cause,
    });
    // A test is tried once: the person who asked is waiting for its result.
    const pauseMs = notification.about === "test" ? null : nextAttemptMs(attempts);
    return { came: "failed", why: describeFailure(channel.kind, cause), pauseMs };
  }
}
