import type { AlertEvent, NotificationState, NotificationSubject } from "@/lib/notifications/notification";

export const notificationWords: Readonly<Record<NotificationState, string>> = {
  waiting: "Waiting",
  sent: "Sent",
  failed: "Given up",
  needless: "Not needed",
};

export const eventWords: Readonly<Record<AlertEvent, string>> = {
  opened: "Opened",
  escalated: "Escalated",
  acknowledged: "Acknowledged",
  recovered: "Recovered",
  resolved: "Resolved",
};

/** What one was about, where there is no call to lead to. */
export const subjectWords: Readonly<Record<NotificationSubject, string>> = {
  incident: "Incident",
  alert: "A call that is deleted",
  routing: "Callers wait too long",
  connection: "Settings changed in Vapi",
  gaps: "Calls or reports not received",
  version: "A worse version",
  issue: "Issue of Vapi's monitoring",
  test: "A test",
};

/** "immediately" or "after 5 min if unacknowledged". */
export function describeDelay(afterMinutes: number): string {
  return afterMinutes === 0 ? "immediately" : `after ${afterMinutes} min if unacknowledged`;
}
