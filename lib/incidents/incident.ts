import * as z from "zod";
import { newerActs } from "@/lib/alerts/acts";
import { actsSchema } from "@/lib/alerts/alert";

/**
 * What several calls can have in common: the first three every call has, the others only one in trouble; `account` is all calls
 * together.
 */
export const causeKinds = [
  "assistant",
  "version",
  "number",
  "tool",
  "end-reason",
  "provider",
  "stage",
  "account",
] as const;

export type CauseKind = (typeof causeKinds)[number];

export type CauseValues = Partial<Record<CauseKind, string>>;

/** Kinds that every call has a value of. */
export const scopeKinds = ["account", "assistant", "version", "number"] as const;

/** The one value of `account`. */
export const wholeAccount = "all";

/** `volume`: no calls come; `response`: its p95; `cost`: a call's mean. */
export const watchedMetrics = ["volume", "response", "cost"] as const;

export type WatchedMetric = (typeof watchedMetrics)[number];

const countSchema = z.object({
  /** Calls in trouble. */
  failed: z.number().int(),
  total: z.number().int(),
});

export type CauseCount = z.infer<typeof countSchema>;

export const causeSchema = z.object({
  kind: z.enum(causeKinds),
  value: z.string(),
  /** What people call the value. */
  label: z.string(),
  /** Calls with this value, and all other calls of the same minutes. */
  evidence: z.object({ with: countSchema, without: countSchema }),
  /** A figure that is unlike what is usual, where no single call is in trouble; times in ms, costs in US dollars. */
  metric: z.object({ name: z.enum(watchedMetrics), now: z.number(), usual: z.number() }).optional(),
});

export type Cause = z.infer<typeof causeSchema>;

/** `withdrawn`: its calls turned out to belong to another incident, or to be no trouble after all. */
export const incidentOutcomes = ["open", "recovered", "withdrawn"] as const;

export const incidentStates = [
  "open",
  "acknowledged",
  "snoozed",
  "resolved",
  "recovered",
  "withdrawn",
] as const;

export type IncidentState = (typeof incidentStates)[number];

/** One incident as pages, scripts and pushes see it. */
export const incidentSchema = z.object({
  id: z.uuid(),
  state: z.enum(incidentStates),
  outcome: z.enum(incidentOutcomes),
  cause: causeSchema,
  callCount: z.number().int(),
  /** Of those, calls that ended in failure. */
  failedCount: z.number().int(),
  /** When the first of its calls got into trouble. */
  since: z.iso.datetime(),
  /** When there were enough of them. */
  openedAt: z.iso.datetime(),
  /** When the newest of its calls got into trouble. */
  lastAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
  /** +1 whenever what happened changes: of two, the greater is the newer. */
  version: z.number().int(),
  acts: actsSchema,
});

export type Incident = z.infer<typeof incidentSchema>;

/** The one word for where an incident stands at `now` (epoch ms). */
export function incidentState(
  { acts, outcome }: Pick<Incident, "acts" | "outcome">,
  now: number,
): IncidentState {
  if (acts.resolved) return "resolved";
  if (outcome !== "open") return outcome;
  if (acts.snoozedUntil && Date.parse(acts.snoozedUntil) > now) return "snoozed";
  return acts.acknowledged ? "acknowledged" : "open";
}

/** Whether it is still going on and unresolved. */
export function isIncidentOpen({ acts, outcome }: Pick<Incident, "acts" | "outcome">): boolean {
  return outcome === "open" && acts.resolved === null;
}

/** An incident as viewers see it in lists and pushes: without what people wrote, for it may name any of its callers. */
export function maskIncident(incident: Incident): Incident {
  const log = incident.acts.log.map((act) => ({ ...act, text: null }));
  return { ...incident, acts: { ...incident.acts, log } };
}

/** Two states of one incident as one, whichever came first. Commutative and idempotent. */
export function joinIncident(a: Incident, b: Incident): Incident {
  const happened = a.version >= b.version ? a : b;
  const acts = newerActs(a.acts, b.acts);
  return happened.acts === acts ? happened : { ...happened, acts };
}

/** Open incidents with one more word of one of them, the newest first. The same list when it says nothing new. */
export function addIncident(incidents: readonly Incident[], incident: Incident): readonly Incident[] {
  const index = incidents.findIndex(({ id }) => id === incident.id);
  const known = incidents[index];
  if (!known) return isIncidentOpen(incident) ? [incident, ...incidents] : incidents;
  const joined = joinIncident(known, incident);
  if (joined.outcome !== "open") return incidents.toSpliced(index, 1);
  return joined === known ? incidents : incidents.with(index, joined);
}
