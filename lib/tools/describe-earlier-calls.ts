import type { EarlierCalls } from "@/db/queries/tools/list-earlier-calls";

const dayMs = 24 * 60 * 60_000;

/** A caller's history in one line that can be spoken: how often, how long ago, and what came of it. */
export function describeEarlierCalls({ total, name, newest }: EarlierCalls, now: Date): string {
  if (total === 0) return "This is the first call from this number.";
  const whose = name ? `${name} has` : "This number has";
  const times = total === 1 ? "once" : `${total} times`;
  const told = newest.map(({ at, assistantName, summary }) => {
    const to = assistantName ? ` to ${assistantName}` : "";
    return `${describeDay(at, now)}${to}: ${summary?.trim() || "there is no summary"}`;
  });
  return `${whose} called ${times} before. ${told.map(toSentence).join(" ")}`;
}

function describeDay(at: Date, now: Date): string {
  const days = Math.floor((now.getTime() - at.getTime()) / dayMs);
  if (days < 1) return "Within the last day";
  if (days < 14) return days === 1 ? "Yesterday" : `${days} days ago`;
  return new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" }).format(at);
}

function toSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
