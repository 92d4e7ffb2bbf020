import type { AlertRule, Reason, Warned } from "@/lib/alerts/rules/rule";

/** Vapi warns that the assistant hangs. Lasts until the assistant's next sign of speech. */
export const hang = {
  kind: "hang",
  label: "Hanging",
  sentence: "is hanging",
  setting: null,
  findReasons: ({ hangs, lastHeard, answerAfter }: Warned): Reason[] =>
    hangs.map((at) => ({ kind: "hang", since: lastHeard(at), from: at, until: answerAfter(at) })),
  mayOpen: ({ hasHang }) => hasHang,
  // Only Vapi can detect a hang.
  clock: () => null,
} satisfies AlertRule;
