import { type Alert, noActions } from "@/lib/alerts/alert";
import type { VersionAlert } from "@/lib/analytics/version-alert";
import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import type { Drift } from "@/lib/connect/connection";
import type { Incident } from "@/lib/incidents/incident";
import type { Issue } from "@/lib/issues/issue";
import {
  alwaysTellsUpdates,
  type ChannelKind,
  type QuietHours,
  quietUntil,
} from "@/lib/notifications/channel";
import { whyOver } from "@/lib/notifications/escalation";
import { type AlertEvent, isUpdate } from "@/lib/notifications/notification";
import type { Coverage } from "@/lib/reconciliation/coverage";
import { isSlow, type RoutingLatency } from "@/lib/routing/latency";

/** What has been sent to the channel so far (db/queries/notifications/read.ts). */
type SoFar = { isSent: boolean; isSending: boolean; dueAt: Date | null; receipt: string | null };

/** The subject of a notification in its current state. */
export type Subject =
  /** `soFar`: what the channel has been sent about the subject; null for the first message. */
  | {
      about: "alert";
      event: AlertEvent;
      alert: Alert;
      soFar: SoFar | null;
      /** An open incident is notified instead of its alerts. */
      isInIncident: boolean;
    }
  | { about: "incident"; event: AlertEvent; incident: Incident; soFar: SoFar | null }
  | { about: "issue"; event: AlertEvent; issue: Issue; soFar: SoFar | null }
  | { about: "routing"; latency: RoutingLatency }
  | { about: "connection"; drifted: readonly Drifted[] }
  | { about: "gaps"; event: AlertEvent; coverage: Coverage; since: Date | null }
  | { about: "version"; event: AlertEvent; alert: VersionAlert; soFar: SoFar | null }
  | { about: "test" };

/** A connection whose settings in Vapi have changed. */
export interface Drifted {
  name: string;
  drifts: readonly Drift[];
}

/** Whether to send a due notification, wait, or skip it. */
export type Verdict = { act: "send" } | { act: "wait"; until: Date } | { act: "leave"; reason: string };

/** A closed alert that opened longer ago than this is no longer news. */
const freshMs = 5 * 60_000;

type Channel = {
  kind: ChannelKind;
  name: string;
  afterMinutes: number;
  quietHours: QuietHours | null;
  /** Set if the channel is a person. */
  person: { role: Role; isBlocked: boolean } | null;
};

/**
 * Decides whether a notification is still to be sent. People who can no longer act on alerts get none. A delayed
 * channel gets alerts that are still open and unacknowledged. Snoozed alerts and quiet hours postpone it. A test is
 * always sent.
 */
export function decideDelivery(subject: Subject, channel: Channel, now: Date): Verdict {
  const { person, name } = channel;
  if (person?.isBlocked) return leave(`${name} is blocked.`);
  if (person && !can(person.role, "alerts.act")) return leave(`${name} may no longer act on alerts.`);
  switch (subject.about) {
    case "alert":
      return subject.isInIncident && !isUpdate(subject.event)
        ? leave("Part of an incident, which notifies instead.")
        : decideStanding(subject, subject.alert, channel, now);
    case "incident":
      return decideStanding(subject, subject.incident, channel, now);
    case "issue":
      return decideStanding(subject, standingOf(subject.issue), channel, now);
    case "routing":
      return isSlow(subject.latency) ? sendOrWait(channel, null, now) : leave("Already over.");
    case "connection":
      return subject.drifted.length > 0 ? sendOrWait(channel, null, now) : leave("Already over.");
    case "gaps":
      return decideGaps(subject, channel, now);
    case "version":
      return decideStanding(subject, subject.alert, channel, now);
    case "test":
      return { act: "send" };
  }
}

type AboutOne = Extract<Subject, { soFar: unknown }>;

function decideStanding(subject: AboutOne, standing: Standing, channel: Channel, now: Date): Verdict {
  if (subject.event === "opened") return decideOpened(standing, channel, now);
  if (subject.event === "escalated") return decideEscalated(standing, channel, now);
  return decideUpdate(subject, standing, channel, now);
}

/** The alert may have been acknowledged since its escalation was queued. */
function decideEscalated(standing: Standing, channel: Channel, now: Date): Verdict {
  const why = whyOver(standing);
  const { snoozedUntil } = standing.acts;
  return why === null
    ? sendOrWait(channel, snoozedUntil === null ? null : new Date(snoozedUntil), now)
    : leave(why);
}

/** The parts of an alert or incident that decide whether it is still news. */
type Standing = Pick<Alert, "acts" | "outcome" | "openedAt">;

function decideOpened({ acts, outcome, openedAt }: Standing, channel: Channel, now: Date): Verdict {
  const isOver = outcome !== "open";
  if (outcome === "withdrawn") return leave("Withdrawn.");
  if (acts.resolved) return leave(`${acts.resolved.by.name} resolved it.`);
  if (channel.afterMinutes > 0 && acts.acknowledged)
    return leave(`${acts.acknowledged.by.name} acknowledged it.`);
  if (isOver && (channel.afterMinutes > 0 || now.getTime() - Date.parse(openedAt) > freshMs))
    return leave("Already over.");
  return sendOrWait(channel, acts.snoozedUntil === null ? null : new Date(acts.snoozedUntil), now);
}

function decideGaps(
  { event, since }: { event: AlertEvent; since: Date | null },
  channel: Channel,
  now: Date,
): Verdict {
  if (event === "recovered") return since === null ? sendOrWait(channel, null, now) : leave("Still open.");
  return since === null ? leave("Already over.") : sendOrWait(channel, null, now);
}

/** An update is sent only after the message it updates, so that no channel receives only the end. */
function decideUpdate(
  { event, soFar }: AboutOne,
  { acts: { resolved }, outcome }: Standing,
  { kind, quietHours }: Channel,
  now: Date,
): Verdict {
  // No escalation may follow an acknowledgement that has been sent.
  if (soFar?.isSending) return { act: "wait", until: new Date(now.getTime() + 1_000) };
  if (!soFar?.isSent && soFar?.dueAt) {
    return { act: "wait", until: new Date(Math.max(soFar.dueAt.getTime(), now.getTime()) + 1_000) };
  }
  if (!soFar?.isSent) return leave("This channel was not notified that it opened.");
  if (event === "acknowledged" && (resolved || outcome !== "open")) return leave("Already over.");
  if (event === "recovered" && outcome === "open") return leave("Still open.");
  if (event === "recovered" && resolved) return leave(`${resolved.by.name} resolved it.`);
  const isQuiet = quietHours !== null && quietUntil(quietHours, now) !== null;
  return isQuiet && !alwaysTellsUpdates(kind) ? leave("Opened during quiet hours.") : { act: "send" };
}

function sendOrWait(channel: Channel, snoozedUntil: Date | null, now: Date): Verdict {
  const quiet = channel.quietHours && quietUntil(channel.quietHours, now);
  const until = [snoozedUntil, quiet].flatMap((at) => (at && at > now ? at.getTime() : []));
  return until.length > 0 ? { act: "wait", until: new Date(Math.max(...until)) } : { act: "send" };
}

function leave(reason: string): Verdict {
  return { act: "leave", reason };
}

/** Converts an issue's actions, taken here or in Vapi, to the form that alerts use. */
export function standingOf({ acknowledged, resolved, createdAt }: Issue): Standing {
  const toActor = (done: Issue["resolved"]) => done && { by: { id: done.by, name: done.by }, at: done.at };
  const acts = { ...noActions, acknowledged: toActor(acknowledged), resolved: toActor(resolved) };
  return { acts, outcome: "open", openedAt: createdAt };
}
