import type { Alert } from "@/lib/alerts/alert";
import { type QuietHours, quietUntil } from "@/lib/notifications/quiet-hours";
import { isAlarming } from "@/lib/routing/is-alarming";
import type { RoutingLatency } from "@/lib/routing/latency";

/** What a notification is about, as it is now. */
export type Subject =
  | { about: "alert"; alert: Alert }
  | { about: "routing"; latency: RoutingLatency }
  | { about: "test" };

/** What to do with a notification that is due: send it, come back to it, or leave it. */
export type Verdict = { act: "send" } | { act: "wait"; until: Date } | { act: "leave"; reason: string };

/** News this old, of an alert that is over, is for the history. */
const freshMs = 5 * 60_000;

type Channel = { afterMinutes: number; quietHours: QuietHours | null };

/**
 * Whether somebody is still to be told. A channel that comes later is for alerts nobody has acknowledged and that still
 * last; snoozed ones wait, and so does everything in a channel's quiet hours. A test is always sent.
 */
export function judgeNotification(subject: Subject, channel: Channel, now: Date): Verdict {
  switch (subject.about) {
    case "alert":
      return judgeAlert(subject.alert, channel, now);
    case "routing":
      return isAlarming(subject.latency) ? sendOrWait(channel, null, now) : leave("It is over.");
    case "test":
      return { act: "send" };
  }
}

function judgeAlert({ acts, outcome, openedAt }: Alert, channel: Channel, now: Date): Verdict {
  const isOver = outcome !== "open";
  if (acts.resolved) return leave(`${acts.resolved.by.name} has resolved it.`);
  if (channel.afterMinutes > 0 && acts.acknowledged)
    return leave(`${acts.acknowledged.by.name} has acknowledged it.`);
  if (isOver && (channel.afterMinutes > 0 || now.getTime() - Date.parse(openedAt) > freshMs))
    return leave("It is over.");
  return sendOrWait(channel, acts.snoozedUntil === null ? null : new Date(acts.snoozedUntil), now);
}

function sendOrWait(channel: Channel, snoozedUntil: Date | null, now: Date): Verdict {
  const quiet = channel.quietHours && quietUntil(channel.quietHours, now);
  const until = [snoozedUntil, quiet].flatMap((at) => (at && at > now ? at.getTime() : []));
  return until.length > 0 ? { act: "wait", until: new Date(Math.max(...until)) } : { act: "send" };
}

function leave(reason: string): Verdict {
  return { act: "leave", reason };
}
