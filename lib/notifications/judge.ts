import { type Alert, maskAlert, noActs } from "@/lib/alerts/alert";
import { describeAlert } from "@/lib/alerts/rules";
import { describeVersionAlert, type VersionAlert, versionLabel } from "@/lib/analytics/versions";
import { type Drift, describeDrift } from "@/lib/connect/connection";
import { formatMs, formatSeconds } from "@/lib/format";
import { causeTitle, describeEvidence, type Incident, maskIncident } from "@/lib/incidents/incident";
import { type Issue, issueEvidence, issueTitle } from "@/lib/issues/issue";
import {
  alwaysTellsUpdates,
  type ChannelKind,
  type QuietHours,
  quietUntil,
} from "@/lib/notifications/channel";
import { whyOver } from "@/lib/notifications/escalation";
import { type AlertEvent, isUpdate } from "@/lib/notifications/notification";
import { type Coverage, describeCoverage } from "@/lib/reconciliation/coverage";
import { isSlow, type RoutingLatency, windowMinutes } from "@/lib/routing/latency";

/** What the channel has been told so far: db/queries/notifications/outbox.ts. */
type SoFar = { isSent: boolean; isSending: boolean; dueAt: Date | null; receipt: string | null };

/** What a notification is about, as it is now. */
export type Subject =
  /** `soFar`: what the channel was told of it before, where this tells what has become of it since. */
  | {
      about: "alert";
      event: AlertEvent;
      alert: Alert;
      soFar: SoFar | null;
      /** An incident that goes on speaks for its alerts. */
      isInIncident: boolean;
    }
  | { about: "incident"; event: AlertEvent; incident: Incident; soFar: SoFar | null }
  | { about: "issue"; event: AlertEvent; issue: Issue; soFar: SoFar | null }
  | { about: "routing"; latency: RoutingLatency }
  | { about: "connection"; drifted: readonly Drifted[] }
  | { about: "gaps"; event: AlertEvent; coverage: Coverage; since: Date | null }
  | { about: "version"; worse: readonly VersionAlert[] }
  | { about: "test" };

/** Something connected whose settings in Vapi have changed. */
interface Drifted {
  name: string;
  drifts: readonly Drift[];
}

/** What to do with a notification that is due: send it, come back to it, or leave it. */
export type Verdict = { act: "send" } | { act: "wait"; until: Date } | { act: "leave"; reason: string };

/** News this old, of an alert that is over, is for the history. */
const freshMs = 5 * 60_000;

type Channel = { kind: ChannelKind; afterMinutes: number; quietHours: QuietHours | null };

/**
 * Whether somebody is still to be told. A channel that comes later is for alerts nobody has acknowledged and that still
 * last; snoozed ones wait, and so does everything in a channel's quiet hours. A test is always sent.
 */
export function decideDelivery(subject: Subject, channel: Channel, now: Date): Verdict {
  switch (subject.about) {
    case "alert":
      return subject.isInIncident && !isUpdate(subject.event)
        ? leave("It is part of an incident, which is told instead.")
        : judgeStanding(subject, subject.alert, channel, now);
    case "incident":
      return judgeStanding(subject, subject.incident, channel, now);
    case "issue":
      return judgeStanding(subject, standingOf(subject.issue), channel, now);
    case "routing":
      return isSlow(subject.latency) ? sendOrWait(channel, null, now) : leave("It is over.");
    case "connection":
      return subject.drifted.length > 0 ? sendOrWait(channel, null, now) : leave("It is over.");
    case "gaps":
      return judgeGaps(subject, channel, now);
    case "version":
      return subject.worse.length > 0 ? sendOrWait(channel, null, now) : leave("It is over.");
    case "test":
      return { act: "send" };
  }
}

type AboutOne = Extract<Subject, { soFar: unknown }>;

function judgeStanding(subject: AboutOne, standing: Standing, channel: Channel, now: Date): Verdict {
  if (subject.event === "opened") return judgeOpened(standing, channel, now);
  if (subject.event === "escalated") return judgeEscalated(standing, channel, now);
  return judgeUpdate(subject, standing, channel, now);
}

/** Between the step that was taken and its sending somebody may have acknowledged it. */
function judgeEscalated(standing: Standing, channel: Channel, now: Date): Verdict {
  const why = whyOver(standing);
  const { snoozedUntil } = standing.acts;
  return why === null
    ? sendOrWait(channel, snoozedUntil === null ? null : new Date(snoozedUntil), now)
    : leave(why);
}

/** As much of an alert or incident as it takes to say whether it is still news. */
type Standing = Pick<Alert, "acts" | "outcome" | "openedAt">;

function judgeOpened({ acts, outcome, openedAt }: Standing, channel: Channel, now: Date): Verdict {
  const isOver = outcome !== "open";
  if (outcome === "withdrawn") return leave("It was no alert after all.");
  if (acts.resolved) return leave(`${acts.resolved.by.name} has resolved it.`);
  if (channel.afterMinutes > 0 && acts.acknowledged)
    return leave(`${acts.acknowledged.by.name} has acknowledged it.`);
  if (isOver && (channel.afterMinutes > 0 || now.getTime() - Date.parse(openedAt) > freshMs))
    return leave("It is over.");
  return sendOrWait(channel, acts.snoozedUntil === null ? null : new Date(acts.snoozedUntil), now);
}

function judgeGaps(
  { event, since }: { event: AlertEvent; since: Date | null },
  channel: Channel,
  now: Date,
): Verdict {
  if (event === "recovered") return since === null ? sendOrWait(channel, null, now) : leave("It goes on.");
  return since === null ? leave("It is over.") : sendOrWait(channel, null, now);
}

/** News of an alert or incident follows what called to it, and no channel is told only the end. */
function judgeUpdate(
  { event, soFar }: AboutOne,
  { acts: { resolved }, outcome }: Standing,
  { kind, quietHours }: Channel,
  now: Date,
): Verdict {
  // Once it is told that somebody has acknowledged it, nothing calls to it any more.
  if (soFar?.isSending) return { act: "wait", until: new Date(now.getTime() + 1_000) };
  if (!soFar?.isSent && soFar?.dueAt) {
    return { act: "wait", until: new Date(Math.max(soFar.dueAt.getTime(), now.getTime()) + 1_000) };
  }
  if (!soFar?.isSent) return leave("It was not told that it opened.");
  if (event === "acknowledged" && (resolved || outcome !== "open")) return leave("It is over.");
  if (event === "recovered" && outcome === "open") return leave("It goes on.");
  if (event === "recovered" && resolved) return leave(`${resolved.by.name} has resolved it.`);
  const isQuiet = quietHours !== null && quietUntil(quietHours, now) !== null;
  return isQuiet && !alwaysTellsUpdates(kind) ? leave("It came in quiet hours.") : { act: "send" };
}

function sendOrWait(channel: Channel, snoozedUntil: Date | null, now: Date): Verdict {
  const quiet = channel.quietHours && quietUntil(channel.quietHours, now);
  const until = [snoozedUntil, quiet].flatMap((at) => (at && at > now ? at.getTime() : []));
  return until.length > 0 ? { act: "wait", until: new Date(Math.max(...until)) } : { act: "send" };
}

function leave(reason: string): Verdict {
  return { act: "leave", reason };
}

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
  /** Where it is about one. */
  incident?: Incident;
  issue?: Issue;
  /** What has come about, by the name machines know it. */
  event:
    | `alert.${AlertEvent}`
    | `incident.${AlertEvent}`
    | `issue.${AlertEvent}`
    | "routing.slow"
    | "connection.drifted"
    | "version.worse"
    | "gaps.opened"
    | "gaps.recovered"
    | "test";
}

/**
 * What is said outside Earshot. Callers' numbers and names go masked: whoever may see them opens the link.
 * @param appUrl our origin
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
      return ofVersions(subject.worse, appUrl);
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
    title: `${prefixOf(incident, event)}Incident: ${causeTitle(cause)} · ${callCount} calls`,
    detail: `${describeEvidence(cause.evidence)} · since ${openedAt.slice(11, 19)} UTC`,
    url: `${appUrl}/incidents/${id}`,
    alert: null,
    incident: maskIncident(incident),
    event: `incident.${event}`,
  };
}

/** What people did about an issue, here or in Vapi, as with an alert. */
function standingOf({ acknowledged, resolved, createdAt }: Issue): Standing {
  const toActor = (done: Issue["resolved"]) => done && { by: { id: done.by, name: done.by }, at: done.at };
  const acts = { ...noActs, acknowledged: toActor(acknowledged), resolved: toActor(resolved) };
  return { acts, outcome: "open", openedAt: createdAt };
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

/** What has become of it, before what it was. */
function prefixOf({ acts, outcome }: Pick<Alert, "acts" | "outcome">, event: AlertEvent): string {
  switch (event) {
    case "opened":
      return "";
    case "escalated":
      return "Escalated: ";
    case "acknowledged":
      return `Acknowledged by ${acts.acknowledged?.by.name ?? "somebody"}: `;
    case "resolved":
      return `Resolved by ${acts.resolved?.by.name ?? "somebody"}: `;
    case "recovered":
      return { open: "", recovered: "Recovered: ", "call-ended": "Call ended: ", withdrawn: "Withdrawn: " }[
        outcome
      ];
  }
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

function ofDrift(drifted: readonly Drifted[], appUrl: string): Message {
  const [first] = drifted.flatMap(({ name, drifts }) =>
    drifts.map((drift) => ({ words: `${name} ${describeDrift(drift)}`, since: drift.since })),
  );
  const more = drifted.length - 1;
  return {
    title: `${first?.words}${more > 0 ? `, and ${more} more changed` : ""}`,
    detail: `Changed in Vapi, since ${first?.since.slice(11, 16)} UTC. Open the page to see the difference and put it right.`,
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
      ? "Calls and reports that had not arrived were fetched from Vapi."
      : `Of ${coverage.calls} calls compared with Vapi within the last hour. What is missing is fetched; live calls cannot be watched. Check the Server URL.`,
    url: `${appUrl}/settings/health`,
    alert: null,
    event: isOver ? "gaps.recovered" : "gaps.opened",
  };
}

function ofVersions(worse: readonly VersionAlert[], appUrl: string): Message {
  const [newest] = worse;
  const more = worse.length - 1;
  return {
    title: `${newest && describeVersionAlert(newest)}${more > 0 ? `, and ${more} more versions` : ""}`,
    detail: newest
      ? `${newest.calls.version} calls, compared with ${newest.calls.baseline} of ${versionLabel(newest.baseline)}`
      : "",
    url: `${appUrl}/analytics?assistant=${encodeURIComponent(newest?.assistant ?? "")}`,
    alert: null,
    event: "version.worse",
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
