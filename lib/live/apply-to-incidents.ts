import type { VersionAlertList } from "@/lib/analytics/version-alert";
import type { PastVersionAlerts } from "@/lib/analytics/version-queries";
import type { IncidentDetail } from "@/lib/incidents/detail";
import { addIncident, type Incident, isIncidentOpen, joinIncident } from "@/lib/incidents/incident";
import { type PastIncidents, patchPastIncident } from "@/lib/incidents/queries";
import type { Applied } from "@/lib/live/apply";
import type { Push } from "@/lib/realtime/push";

/** The open incidents after a push; a reminder may be of one. */
export function applyPushToIncidents(known: readonly Incident[], push: Push): Applied<readonly Incident[]> {
  if (push.kind === "incident") return { next: addIncident(known, push.incident), stale: false };
  return { next: known, stale: push.kind === "stale" && known.some(({ id }) => id === push.callId) };
}

/** Past incidents after a push. Stale when one that is not among them is over. */
export function applyPushToPastIncidents(known: PastIncidents, push: Push): Applied<PastIncidents> {
  // A reminder may be of an incident that has just ended, which this list does not know yet.
  if (push.kind !== "incident") return { next: known, stale: push.kind === "stale" };
  const { incident } = push;
  const isKnown = known.pages.some(({ incidents }) => incidents.some(({ id }) => id === incident.id));
  if (!isKnown) return { next: known, stale: !isIncidentOpen(incident) && incident.outcome !== "withdrawn" };
  const next = patchPastIncident(known, incident.id, (before) => joinIncident(incident, before));
  return { next, stale: false };
}

/** An incident's page after a push. Which calls have joined no push says, nor, to viewers, what people wrote. */
export function applyPushToIncident(known: IncidentDetail, push: Push): Applied<IncidentDetail> {
  const { id } = known.incident;
  if (push.kind === "stale") return { next: known, stale: push.callId === id };
  if (push.kind !== "incident" || push.incident.id !== id) return { next: known, stale: false };
  const incident = joinIncident(push.incident, known.incident);
  const isNews =
    incident.version > known.incident.version || incident.acts.version > known.incident.acts.version;
  return { next: { ...known, incident }, stale: isNews };
}

/** Worse versions after a push: none carries one, a reminder says that somebody has acted on it. */
export function applyPushToVersionAlerts(known: VersionAlertList, push: Push): Applied<VersionAlertList> {
  return { next: known, stale: push.kind === "stale" && known.alerts.some(({ id }) => id === push.callId) };
}

/** Past ones after a push: a reminder may be of one that has just been resolved. */
export function applyPushToPastVersionAlerts(
  known: PastVersionAlerts,
  push: Push,
): Applied<PastVersionAlerts> {
  return { next: known, stale: push.kind === "stale" };
}
