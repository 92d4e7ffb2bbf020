import type { Alert } from "@/lib/alerts/alert";
import { maskAlert } from "@/lib/alerts/alert";
import { describeAlert } from "@/lib/alerts/words";
import { formatMs } from "@/lib/calls/format-ms";
import { formatSeconds } from "@/lib/calls/format-seconds";
import type { Subject } from "@/lib/notifications/judge-notification";
import { type RoutingLatency, windowMinutes } from "@/lib/routing/latency";

/** What a channel is told, in words and for machines. */
export interface Message {
  /** One line: which caller, and what they are going through. */
  title: string;
  /** One line: where, since when, how it stands. */
  detail: string;
  /** Where to look. */
  url: string;
  /** Null for what is about no call. */
  alert: Alert | null;
  /** What has come about, by the name machines know it. */
  event: "alert.opened" | "routing.slow" | "test";
}

/**
 * What is said outside Earshot. Callers' numbers and names go masked: whoever may see them opens the link.
 * @param appUrl our origin
 */
export function toMessage(subject: Subject, channelName: string, appUrl: string, now: Date): Message {
  switch (subject.about) {
    case "alert":
      return ofAlert(subject.alert, appUrl, now);
    case "routing":
      return ofRouting(subject.latency, appUrl);
    case "test":
      return ofTest(channelName, appUrl);
  }
}

function ofAlert(alert: Alert, appUrl: string, now: Date): Message {
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
    event: "alert.opened",
  };
}

function ofRouting({ count, p95Ms }: RoutingLatency, appUrl: string): Message {
  return {
    title: `Callers wait ${formatMs(p95Ms ?? 0)} until it is decided who answers them`,
    detail: `95 of 100 of the last ${windowMinutes} minutes waited no longer, of ${count}. Vapi gives up after 7.5 s.`,
    url: `${appUrl}/settings/routing`,
    alert: null,
    event: "routing.slow",
  };
}

function ofTest(channelName: string, appUrl: string): Message {
  return {
    title: "Earshot can reach you",
    detail: `This is a test of the channel “${channelName}”. Alerts of calls will look like this.`,
    url: `${appUrl}/alerts`,
    alert: null,
    event: "test",
  };
}
