import type { AlertRule, Reason, Warned } from "@/lib/alerts/rules/rule";

/** Vapi says that the assistant hangs. It lasts until the assistant's next sign of life. */
export const hang = {
  kind: "hang",
  label: "Hanging",
  sentence: "is hanging",
  setting: null,
  findReasons: ({ hangs, lastHeard, answerAfter }: Warned): Reason[] =>
    hangs.map((at) => ({ kind: "hang", since: lastHeard(at), from: at, until: answerAfter(at) })),
  mayOpen: ({ hasHang }) => hasHang,
  // Only Vapi knows.
  clock: () => null,
} satisfies AlertRule;
