import type { EscalationStep, EscalationSubject } from "@/lib/notifications/escalation";

export const escalationSubjectLabels: Readonly<Record<EscalationSubject, string>> = {
  hang: "Hang",
  "no-answer": "No answer",
  silence: "Silence",
  "rule-info": "Rule, info",
  "rule-warning": "Rule, warning",
  "rule-critical": "Rule, critical",
  incident: "Incident",
};

/** "After 5 min: On call, then every 10 min, 3 times". */
export function describeStep(
  { afterMinutes, channelIds, repeat }: EscalationStep,
  channels: readonly { id: string; name: string }[],
): string {
  const names = channelIds.map(
    (id) => channels.find((channel) => channel.id === id)?.name ?? "a deleted channel",
  );
  const again = repeat
    ? `, then every ${repeat.everyMinutes} min, ${repeat.times === 1 ? "once" : `${repeat.times} times`}`
    : "";
  return `After ${afterMinutes} min: ${names.join(", ")}${again}`;
}
