import type { Line } from "@/lib/calls/line";

const labels: Readonly<Record<NonNullable<Line["onlyIn"]>, string>> = {
  live: "Heard live, not in the report",
  report: "In the report, not heard live",
  transcript: "Transcript only",
  conversation: "Conversation update only",
  partial: "Partial only, final missing",
};

/** Where words are known from that others should have, too. */
export function describeOnlyIn(onlyIn: NonNullable<Line["onlyIn"]>): string {
  return labels[onlyIn];
}
