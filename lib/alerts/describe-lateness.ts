import type { ActKind, ActsState } from "@/lib/alerts/alert-acts";

/** Why an act came too late, in a sentence that says who was first. */
export function describeLateness(kind: ActKind, { acknowledged, assignee, resolved }: ActsState): string {
  if (resolved) return `${resolved.by.name} has resolved this alert already.`;
  if (kind === "acknowledge" && acknowledged)
    return `${acknowledged.by.name} has acknowledged this alert already.`;
  if (kind === "assign") return assignee ? `${assignee.name} has it by now.` : "Nobody has it any more.";
  return "This alert has changed meanwhile.";
}
