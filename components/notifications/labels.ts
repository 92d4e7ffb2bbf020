import type { EscalationStep, EscalationSubject } from "@/lib/notifications/escalation";
import type { AlertEvent, NotificationState, NotificationSubject } from "@/lib/notifications/notification";

export const notificationLabels: Readonly<Record<NotificationState, string>> = {
  waiting: "Waiting",
  sent: "Sent",
  failed: "Failed",
  skipped: "Skipped",
};

export const eventLabels: Readonly<Record<AlertEvent, string>> = {
  opened: "Opened",
  escalated: "Escalated",
  acknowledged: "Acknowledged",
  recovered: "Recovered",
  resolved: "Resolved",
};

/** Subject of a notification that has no call to link to. */
export const subjectLabels: Readonly<Record<NotificationSubject, string>> = {
  incident: "Incident",
  alert: "Deleted call",
  routing: "Callers wait too long",
  connection: "Settings changed in Vapi",
  gaps: "Calls or reports not received",
  version: "Worse version",
  issue: "Vapi issue",
  test: "Test",
};

/** "immediately" or "after 5 min if unacknowledged". */
export function describeDelay(afterMinutes: number): string {
  return afterMinutes === 0 ? "immediately" : `after ${afterMinutes} min if unacknowledged`;
}

export const escalationSubjectLabels: Readonly<Record<EscalationSubject, string>> = {
  hang: "Hang",
  "no-answer": "No answer",
  silence: "Silence",
  "rule-info": "Rule, info",
  "rule-warning": "Rule, warning",
  "rule-critical": "Rule, critical",
  incident: "Incident",
  issue: "Vapi issue",
  version: "Worse version",
};

interface Named {
  id: string;
  name: string;
}

/** Possible targets of a policy step. */
export interface EscalationTargets {
  channels: readonly Named[];
  /** People who can act on alerts. */
  people: readonly Named[];
}

/** "After 5 min: On call, Ana, then every 10 min, 3 times". */
export function describeStep(
  { afterMinutes, channelIds, userIds, repeat }: EscalationStep,
  { channels, people }: EscalationTargets,
): string {
  const nameIn = (all: readonly Named[], otherwise: string) => (id: string) =>
    all.find((each) => each.id === id)?.name ?? otherwise;
  const names = [
    ...channelIds.map(nameIn(channels, "a deleted channel")),
    ...userIds.map(nameIn(people, "a person without access")),
  ];
  const again = repeat
    ? `, then every ${repeat.everyMinutes} min, ${repeat.times === 1 ? "once" : `${repeat.times} times`}`
    : "";
  return `After ${afterMinutes} min: ${names.join(", ")}${again}`;
}
