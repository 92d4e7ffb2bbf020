import * as z from "zod";
import { newerActions } from "@/lib/alerts/actions";
import { actionsSchema } from "@/lib/alerts/alert";
import { maskNumber } from "@/lib/calls/mask-text";
import { uuidCursorSchema } from "@/lib/keyset";

/**
 * Properties that calls can share. Every call has the scope kinds below; the others exist only for calls in trouble.
 * `account` stands for all calls.
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

/** Kinds for which every call has a value. */
export const scopeKinds = ["account", "assistant", "version", "number"] as const;

/** The only value of `account`. */
export const wholeAccount = "all";

/** `volume`: calls stopped arriving; `response`: p95 response; `cost`: mean cost per call. */
const watchedMetrics = ["volume", "response", "cost"] as const;

export type WatchedMetric = (typeof watchedMetrics)[number];

const countSchema = z.object({
  /** Calls in trouble. */
  failed: z.number().int(),
  total: z.number().int(),
});

const causeSchema = z.object({
  kind: z.enum(causeKinds),
  value: z.string(),
  /** The value's readable name. */
  label: z.string(),
  /** Counts of calls with this value, and of all other calls of the same minutes. */
  evidence: z.object({ with: countSchema, without: countSchema }),
  /** A metric that is unusual although no single call is in trouble. Times in ms, costs in US dollars. */
  metric: z.object({ name: z.enum(watchedMetrics), now: z.number(), usual: z.number() }).optional(),
});

export type Cause = z.infer<typeof causeSchema>;

/** `withdrawn`: its calls turned out to belong to another incident, or not to be in trouble. */
const incidentOutcomes = ["open", "recovered", "withdrawn"] as const;

export const incidentStates = [
  "open",
  "acknowledged",
  "snoozed",
  "resolved",
  "recovered",
  "withdrawn",
] as const;

type IncidentState = (typeof incidentStates)[number];

/** An incident as pages, scripts and pushes receive it. */
export const incidentSchema = z.object({
  id: z.uuid(),
  state: z.enum(incidentStates),
  outcome: z.enum(incidentOutcomes),
  cause: causeSchema,
  callCount: z.number().int(),
  /** Those of them that ended in failure. */
  failedCount: z.number().int(),
  /** When its first call got into trouble. */
  since: z.iso.datetime(),
  /** When it had enough calls in trouble to be an incident. */
  openedAt: z.iso.datetime(),
  /** When its newest call got into trouble. */
  lastAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
  /** Increases with every change; the higher version is newer. */
  version: z.number().int(),
  acts: actionsSchema,
});

export type Incident = z.infer<typeof incidentSchema>;

/** Query of `GET /api/incidents`. `past`: recovered, or resolved by a person. */
export const incidentListQuerySchema = z.object({
  state: z.enum(["open", "past", "all"]).default("open"),
  cursor: uuidCursorSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(200),
});

export type IncidentListQuery = z.infer<typeof incidentListQuerySchema>;

export const incidentPageSchema = z.object({
  incidents: z.array(incidentSchema),
  nextCursor: z.string().nullable(),
});

export type IncidentPage = z.infer<typeof incidentPageSchema>;

/** The state to show at `now` (epoch ms). */
export function incidentState(
  { acts, outcome }: Pick<Incident, "acts" | "outcome">,
  now: number,
): IncidentState {
  if (acts.resolved) return "resolved";
  if (outcome !== "open") return outcome;
  if (acts.snoozedUntil && Date.parse(acts.snoozedUntil) > now) return "snoozed";
  return acts.acknowledged ? "acknowledged" : "open";
}

/** Whether it is open and unresolved. */
export function isIncidentOpen({ acts, outcome }: Pick<Incident, "acts" | "outcome">): boolean {
  return outcome === "open" && acts.resolved === null;
}

/** Masks our number, and removes notes and other text that people wrote, because it may name a caller. */
export function maskIncident(incident: Incident): Incident {
  const log = incident.acts.log.map((act) => ({ ...act, text: null }));
  return { ...incident, cause: maskCause(incident.cause), acts: { ...incident.acts, log } };
}

/** A cause as viewers see it: our number is masked, as it is in their calls. */
export function maskCause(cause: Cause): Cause {
  const { kind, value, label } = cause;
  return kind === "number" ? { ...cause, value: maskNumber(value), label: maskNumber(label) } : cause;
}

/** Merges two states of one incident. Commutative and idempotent. */
export function joinIncident(a: Incident, b: Incident): Incident {
  const happened = a.version >= b.version ? a : b;
  const acts = newerActions(a.acts, b.acts);
  return happened.acts === acts ? happened : { ...happened, acts };
}

/** Adds or updates an incident in the list of open ones, newest first. Returns the same list if nothing changed. */
export function addIncident(incidents: readonly Incident[], incident: Incident): readonly Incident[] {
  const index = incidents.findIndex(({ id }) => id === incident.id);
  const known = incidents[index];
  if (!known) return isIncidentOpen(incident) ? [incident, ...incidents] : incidents;
  const joined = joinIncident(known, incident);
  if (joined.outcome !== "open") return incidents.toSpliced(index, 1);
  return joined === known ? incidents : incidents.with(index, joined);
}
