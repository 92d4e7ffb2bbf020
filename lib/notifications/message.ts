import { type Alert, maskAlert } from "@/lib/alerts/alert";
import { describeAlert } from "@/lib/alerts/rules";
import {
  describeVersionAlert,
  describeVersionEvidence,
  maskVersionAlert,
  type VersionAlert,
} from "@/lib/analytics/version-alert";
import { describeDrift } from "@/lib/connect/connection";
import { formatCount, formatMs, formatSeconds } from "@/lib/format";
import { causeTitle, describeEvidence } from "@/lib/incidents/cause-label";
import { type Incident, maskIncident } from "@/lib/incidents/incident";
import { type Issue, issueEvidence, issueTitle } from "@/lib/issues/issue";
import { type Drifted, type Subject, standingOf } from "@/lib/notifications/decide-delivery";
import type { AlertEvent } from "@/lib/notifications/notification";
import { describeCoverage } from "@/lib/reconciliation/coverage";
import { type RoutingLatency, windowMinutes } from "@/lib/routing/latency";

/** A notification as text and as data. */
export interface Message {
  /** One line: which caller, and what is wrong. */
  title: string;
  /** One line: which assistant, since when, and the state. */
  detail: string;
  /** The page to open. */
  url: string;
  /** Null if it is not about a call. */
  alert: Alert | null;
  /** Set if it is about an incident. */
  incident?: Incident;
  issue?: Issue;
  version?: VersionAlert;
  /** Machine-readable name of the event. */
  event:
    | `alert.${AlertEvent}`
    | `incident.${AlertEvent}`
    | `issue.${AlertEvent}`
    | "routing.slow"
    | "connection.drifted"
    | "version.worse"
    | `version.${Exclude<AlertEvent, "opened">}`
    | "gaps.opened"
    | "gaps.recovered"
    | "test";
}

/**
 * Builds a notification. Callers' numbers and names are masked; people with access see them behind the link.
 * @param appUrl Earshot's origin
 */
export function toMessage(subject: Subject, channelName: string, appUrl: string, now: Date): Message {
  switch (subject.about) {
    case "alert":
      return ofAlert(subject.alert, subject.event, appUrl, now);
    case "incident":
      return ofIncident(subject.incident, subject.event, appUrl);
    case "issue":
      return ofIssue(subject.issue, subject.event, appUrl);
    case "routing":
      return ofRouting(subject.latency, appUrl);
    case "connection":
      return ofDrift(subject.drifted, appUrl);
    case "gaps":
      return ofGaps(subject, appUrl);
    case "version":
      return ofVersion(subject.alert, subject.event, appUrl);
    case "test":
      return ofTest(channelName, appUrl);
  }
}

function ofAlert(alert: Alert, event: AlertEvent, appUrl: string, now: Date): Message {
  const masked = maskAlert(alert);
  const until = alert.closedAt === null ? now : new Date(alert.closedAt);
  const length = formatSeconds(Math.max(0, until.getTime() - Date.parse(alert.since)));
  const how = {
    open: `${length} so far`,
    recovered: `over after ${length}`,
    "call-ended": `the call ended after ${length}`,
    withdrawn: "withdrawn",
  }[alert.outcome];
  const hangs = alert.hangs > 1 ? `, warned of ${alert.hangs} times` : "";
  return {
    title: `${prefixOf(masked, event)}${describeAlert(masked)}`,
    detail: `${alert.call.assistantName ?? "No assistant"} · since ${alert.since.slice(11, 19)} UTC · ${how}${hangs}`,
    url: `${appUrl}/calls/${encodeURIComponent(alert.callId)}`,
    alert: masked,
    event: `alert.${event}`,
  };
}

function ofIncident(incident: Incident, event: AlertEvent, appUrl: string): Message {
  const { id, cause, callCount, openedAt } = incident;
  return {
    title: `${prefixOf(incident, event)}Incident: ${causeTitle(cause)}${cause.metric ? "" : ` · ${formatCount(callCount, "call")}`}`,
    detail: `${describeEvidence(cause)} · since ${openedAt.slice(11, 19)} UTC`,
    url: `${appUrl}/incidents/${id}`,
    alert: null,
    incident: maskIncident(incident),
    event: `incident.${event}`,
  };
}

function ofIssue(issue: Issue, event: AlertEvent, appUrl: string): Message {
  return {
    title: `${prefixOf(standingOf(issue), event)}Vapi issue: ${issueTitle(issue)}`,
    detail: `${issueEvidence(issue)} · since ${issue.createdAt.slice(11, 19)} UTC`,
    url: `${appUrl}/alerts`,
    alert: null,
    issue,
    event: `issue.${event}`,
  };
}

/** The event, before the title. */
function prefixOf({ acts, outcome }: Pick<Alert, "acts" | "outcome">, event: AlertEvent): string {
  switch (event) {
    case "opened":
      return "";
    case "escalated":
      return "Escalated: ";
    case "acknowledged":
      return `Acknowledged by ${acts.acknowledged?.by.name ?? "someone"}: `;
    case "resolved":
      return `Resolved by ${acts.resolved?.by.name ?? "someone"}: `;
    case "recovered":
      return { open: "", recovered: "Recovered: ", "call-ended": "Call ended: ", withdrawn: "Withdrawn: " }[
        outcome
      ];
  }
}

function ofRouting({ count, p95Ms }: RoutingLatency, appUrl: string): Message {
  return {
    title: `Callers wait ${formatMs(p95Ms ?? 0)} for call routing to answer`,
    detail: `p95 of ${formatCount(count, "request")} in the last ${windowMinutes} minutes. Vapi gives up after 7.5 s.`,
    url: `${appUrl}/settings/routing`,
    alert: null,
    event: "routing.slow",
  };
}

function ofDrift(drifted: readonly Drifted[], appUrl: string): Message {
  const [first] = drifted.flatMap(({ name, drifts }) =>
    drifts.map((drift) => ({ words: `${name} ${describeDrift(drift)}`, since: drift.since })),
  );
  const more = drifted.length - 1;
  return {
    title: `${first?.words}${more > 0 ? `, and ${more} more changed` : ""}`,
    detail: `Changed in Vapi, since ${first?.since.slice(11, 16)} UTC. Open the page to review and fix it.`,
    url: `${appUrl}/settings/assistants`,
    alert: null,
    event: "connection.drifted",
  };
}

function ofGaps({ event, coverage }: Extract<Subject, { about: "gaps" }>, appUrl: string): Message {
  const isOver = event === "recovered";
  return {
    title: isOver ? "Recovered: Vapi’s events arrive again" : `Only ${describeCoverage(coverage)} arrived`,
    detail: isOver
      ? "Missing calls and reports were fetched from Vapi."
      : `Of ${formatCount(coverage.calls, "call")} compared with Vapi within the last hour. Missing calls are fetched afterwards, but live ones can’t be watched. Check the Server URL.`,
    url: `${appUrl}/settings/health`,
    alert: null,
    event: isOver ? "gaps.recovered" : "gaps.opened",
  };
}

function ofVersion(alert: VersionAlert, event: AlertEvent, appUrl: string): Message {
  return {
    title: `${prefixOf(alert, event)}${describeVersionAlert(alert)}`,
    detail: describeVersionEvidence(alert),
    url: `${appUrl}/analytics?assistant=${encodeURIComponent(alert.assistant)}`,
    alert: null,
    version: maskVersionAlert(alert),
    event: event === "opened" ? "version.worse" : `version.${event}`,
  };
}

function ofTest(channelName: string, appUrl: string): Message {
  return {
    title: "Earshot can reach you",
    detail: `This is a test of the channel “${channelName}”. Call alerts will look like this.`,
    url: `${appUrl}/alerts`,
    alert: null,
    event: "test",
  };
}
