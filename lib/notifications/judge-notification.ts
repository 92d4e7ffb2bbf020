import type { Alert } from "@/lib/alerts/alert";
import { type QuietHours, quietUntil } from "@/lib/notifications/quiet-hours";

/** What to do with a notification that is due: send it, come back to it, or leave it. */
export type Verdict = { act: "send" } | { act: "wait"; until: Date } | { act: "leave"; reason: string };

/** News this old, of an alert that is over, is for the history. */
const freshMs = 5 * 60_000;

interface About {
  /** Null for a test of the channel, which is always sent. */
  alert: Pick<Alert, "acts" | "outcome" | "openedAt"> | null;
  channel: { afterMinutes: number; quietHours: QuietHours | null };
}

/**
 * Whether somebody is still to be told. A channel that comes later is for alerts nobody has acknowledged and that still
 * last; snoozed ones wait, and so does everything in a channel's quiet hours.
 */
export function judgeNotification({ alert, channel }: About, now: Date): Verdict {
  if (!alert) return { act: "send" };
  const { acts, outcome, openedAt } = alert;
  const isOver = outcome !== "open";
  if (acts.resolved) return leave(`${acts.resolved.by.name} has resolved it.`);
  if (channel.afterMinutes > 0 && acts.acknowledged)
    return leave(`${acts.acknowledged.by.name} has acknowledged it.`);
  if (isOver && (channel.afterMinutes > 0 || now.getTime() - Date.parse(openedAt) > freshMs))
    return leave("It is over.");
  const snoozedUntil = acts.snoozedUntil === null ? null : new Date(acts.snoozedUntil);
  const quiet = channel.quietHours && quietUntil(channel.quietHours, now);
  const until = [snoozedUntil, quiet].flatMap((at) => (at && at > now ? at.getTime() : []));
  return until.length > 0 ? { act: "wait", until: new Date(Math.max(...until)) } : { act: "send" };
}

function leave(reason: string): Verdict {
  return { act: "leave", reason };
}
