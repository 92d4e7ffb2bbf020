import type { Alert } from "@/lib/alerts/alert";
import { describeAlert } from "@/lib/alerts/describe-alert";
import { maskAlert } from "@/lib/alerts/mask-alert";
import { formatSeconds } from "@/lib/calls/format-seconds";

/** What a channel is told, in words and for machines. */
export interface Message {
  /** One line: which caller, and what they are going through. */
  title: string;
  /** One line: where, since when, how it stands. */
  detail: string;
  /** Where to look. */
  url: string;
  /** Null for a test of the channel. */
  alert: Alert | null;
}

/**
 * What is said of an alert outside Earshot. Callers' numbers and names go masked: whoever may see them opens the link.
 * @param appUrl our origin
 */
export function toMessage(alert: Alert, appUrl: string, now: Date): Message {
  const masked = maskAlert(alert);
  const until = alert.closedAt === null ? now : new Date(alert.closedAt);
  const length = formatSeconds(Math.max(0, until.getTime() - Date.parse(alert.since)));
  const how = {
    open: `${length} so far`,
    recovered: `over after ${length}`,
    "call-ended": `the call ended after ${length}`,
  }[alert.outcome];
  const hangs = alert.hangs > 1 ? `, warned of ${alert.hangs} times` : "";
  return {
    title: describeAlert(masked),
    detail: `${alert.call.assistantName ?? "No assistant"} · since ${alert.since.slice(11, 19)} UTC · ${how}${hangs}`,
    url: `${appUrl}/calls/${encodeURIComponent(alert.callId)}`,
    alert: masked,
  };
}

/** What a channel is told when somebody tests it. */
export function toTestMessage(channelName: string, appUrl: string): Message {
  return {
    title: "Earshot can reach you",
    detail: `This is a test of the channel “${channelName}”. Alerts of calls will look like this.`,
    url: `${appUrl}/alerts`,
    alert: null,
  };
}
