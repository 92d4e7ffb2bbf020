import type { VersionAlertList } from "@/lib/analytics/version-alert";
import type { PastVersionAlerts } from "@/lib/analytics/version-queries";
import type { IncidentDetail } from "@/lib/incidents/detail";
import { addIncident, type Incident, isIncidentOpen, joinIncident } from "@/lib/incidents/incident";
import { type PastIncidents, patchPastIncident } from "@/lib/incidents/queries";
import type { Applied } from "@/lib/live/apply";
import type { Push } from "@/lib/realtime/push";

/** Applies a push to the open incidents; a `stale` push may name an incident. */
export function applyPushToIncidents(known: readonly Incident[], push: Push): Applied<readonly Incident[]> {
  if (push.kind === "incident") return { next: addIncident(known, push.incident), stale: false };
  return { next: known, stale: push.kind === "stale" && known.some(({ id }) => id === push.callId) };
}

/** Applies a push to the past incidents. Stale if an incident that is not in the list is over. */
export function applyPushToPastIncidents(known: PastIncidents, push: Push): Applied<PastIncidents> {
  // A `stale` push may concern an incident that has just ended and is not in this list yet.
  if (push.kind !== "incident") return { next: known, stale: push.kind === "stale" };
  const { incident } = push;
  const isKnown = known.pages.some(({ incidents }) => incidents.some(({ id }) => id === incident.id));
  if (!isKnown) return { next: known, stale: !isIncidentOpen(incident) && incident.outcome !== "withdrawn" };
  const next = patchPastIncident(known, incident.id, (before) => joinIncident(incident, before));
  return { next, stale: false };
}

/** Applies a push to an incident's page. Pushes carry neither the calls that joined nor, for viewers, the text people wrote. */
export function applyPushToIncident(known: IncidentDetail, push: Push): Applied<IncidentDetail> {
  const { id } = known.incident;
  if (push.kind === "stale") return { next: known, stale: push.callId === id };
  if (push.kind !== "incident" || push.incident.id !== id) return { next: known, stale: false };
  const incident = joinIncident(push.incident, known.incident);
  const isNews =
    incident.version > known.incident.version || incident.acts.version > known.incident.acts.version;
  return { next: { ...known, incident }, stale: isNews };
}

/** Applies a push to the version alerts. No push carries one; a `stale` push means that someone acted on it. */
export function applyPushToVersionAlerts(known: VersionAlertList, push: Push): Applied<VersionAlertList> {
  return { next: known, stale: push.kind === "stale" && known.alerts.some(({ id }) => id === push.callId) };
}

/** Applies a push to past version alerts; a `stale` push may concern one that was just resolved. */
export function applyPushToPastVersionAlerts(
  known: PastVersionAlerts,
  push: Push,
): Applied<PastVersionAlerts> {
  return { next: known, stale: push.kind === "stale" };
}
