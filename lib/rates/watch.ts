import type { Cause, CauseKind, CauseValues, WatchedMetric } from "@/lib/incidents/incident";
import type { IncidentRules } from "@/lib/incidents/rules";
import {
  evaluateCost,
  evaluatePart,
  evaluateResponse,
  type Measured,
  usualP95,
} from "@/lib/rates/evaluate-figures";
import { quarterMs, type SeriesCount, type SeriesKind, splitPart } from "@/lib/rates/series";
import { chanceOfSilence, hoursBack, type Usual } from "@/lib/rates/usual";

/** Recent counts to judge metrics by. */
interface Lately {
  /** The last quarter of an hour; and the last hour, used if a quarter has too few calls. */
  quarter: readonly SeriesCount[];
  hour: readonly SeriesCount[];
  /** When a call with each value last began, within the last hours. */
  lastBegun: readonly { causes: CauseValues; at: Date }[];
}

/** One metric of one series, compared with its usual value. */
export interface Verdict {
  /** Identifies the metric and series. */
  watched: string;
  cause: Omit<Cause, "label">;
  since: Date;
  /** `unsure`: neither unusual enough to open an incident nor usual enough to close one. */
  verdict: "unusual" | "usual" | "unsure";
}

const none = { with: { failed: 0, total: 0 }, without: { failed: 0, total: 0 } };
const hourMs = 60 * 60_000;

/** Kinds whose volume is judged, the most general first. Versions are excluded: one without calls has just been replaced. */
const silentKinds = ["account", "number", "assistant"] as const;
const measuredKinds = ["account", "number", "assistant", "version", "part"] as const;

/** Judges every watched metric for which enough is known. */
export function evaluateFigures(usual: Usual, lately: Lately, rules: IncidentRules, now: Date): Verdict[] {
  return [
    ...(rules.volume ? evaluateVolumes(usual, lately, now) : []),
    ...(rules.response ? evaluateMeasured("response", usual, lately, now) : []),
    ...(rules.cost ? evaluateMeasured("cost", usual, lately, now) : []),
  ];
}

/** Selects the unusual metrics to open an incident for: per metric, the series that explains the others. */
export function chooseUnusual(verdicts: readonly Verdict[]): Verdict[] {
  const unusual = verdicts.filter(({ verdict }) => verdict === "unusual");
  return [
    ...firstKind(unusual.filter(({ cause }) => cause.metric?.name === "volume")),
    ...mostSpecific(verdicts.filter(({ cause }) => cause.metric?.name === "response")),
    ...mostSpecific(verdicts.filter(({ cause }) => cause.metric?.name === "cost")),
  ];
}

function firstKind(unusual: readonly Verdict[]): Verdict[] {
  const kind = silentKinds.find((each) => unusual.some(({ cause }) => cause.kind === each));
  return unusual.filter(({ cause }) => cause.kind === kind);
}

/**
 * Returns the version, assistant or number that alone is unusual among several; else the unusual providers; else a
 * version, assistant or number that alone is unusual; else the account; else all unusual values of one kind.
 */
function mostSpecific(verdicts: readonly Verdict[]): Verdict[] {
  const ofKind = (kind: SeriesKind) => verdicts.filter(({ watched }) => watched.split(" ")[1] === kind);
  const unusualOf = (kind: SeriesKind) => ofKind(kind).filter(({ verdict }) => verdict === "unusual");
  const kinds = ["version", "assistant", "number"] as const;
  const alone = kinds.filter((kind) => unusualOf(kind).length === 1);
  const specific = alone.find((kind) => ofKind(kind).length > 1);
  if (specific) return unusualOf(specific);
  const choices = [...(["part"] as const), ...alone, ...(["account"] as const), ...kinds];
  return choices.map(unusualOf).find((some) => some.length > 0) ?? [];
}

function evaluateVolumes(usual: Usual, { lastBegun }: Lately, now: Date): Verdict[] {
  return silentKinds.flatMap((kind) =>
    usual.valuesOf(kind).flatMap((value): Verdict[] => {
      const own = lastBegun.filter(({ causes }) => kind === "account" || causes[kind] === value);
      const windowStart = now.getTime() - hoursBack * hourMs;
      const last = new Date(Math.max(windowStart, ...own.map(({ at }) => at.getTime())));
      const silentMs = now.getTime() - last.getTime();
      const { expected, chance } = chanceOfSilence(usual, kind, value, now, silentMs);
      const metric = { name: "volume", now: silentMs, usual: expected } as const;
      // Ends with any call, or after an hour in which none were expected.
      const verdict = chance < usual.alpha ? "unusual" : own.length > 0 || expected < 1 ? "usual" : "unsure";
      return [{ ...of("volume", kind, value, metric), since: last, verdict }];
    }),
  );
}

function evaluateMeasured(name: "response" | "cost", usual: Usual, lately: Lately, now: Date): Verdict[] {
  const evaluate = (count: SeriesCount): Measured | null => {
    const hours = usual.hoursOf(count.kind, count.value);
    if (name === "cost") return evaluateCost(count, hours);
    return count.kind === "part" ? evaluatePart(count, hours) : evaluateResponse(count, hours, usual.alpha);
  };
  return lately.hour
    .filter(({ kind, value }) => measuredKinds.some((each) => each === kind) && !isOurs(kind, value))
    .flatMap((ofHour): Verdict[] => {
      const kind = measuredKinds.find((each) => each === ofHour.kind);
      const ofQuarter = lately.quarter.find((each) => each.kind === kind && each.value === ofHour.value);
      const quick = ofQuarter ? evaluate(ofQuarter) : null;
      const measured = quick ?? evaluate(ofHour);
      if (!kind || !measured) return [];
      const metric = { name, now: measured.now, usual: measured.usual };
      const since = new Date(now.getTime() - (quick ? quarterMs : hourMs));
      const found = of(name, kind, ofHour.value, metric);
      const blamed = name === "response" && kind === "account" ? blameSlowness(usual, lately) : null;
      return [{ ...found, cause: { ...found.cause, ...blamed }, since, verdict: measured.verdict }];
    });
}

/** Whether a series is a tool or Earshot's webhook. These are judged by their failures, and the webhook has its own warning. */
function isOurs(kind: SeriesKind, value: string): boolean {
  if (kind !== "part") return false;
  const { stage, provider } = splitPart(value);
  return stage === "tool" || provider === null;
}

function of(
  name: WatchedMetric,
  kind: (typeof measuredKinds)[number],
  value: string,
  metric: NonNullable<Cause["metric"]>,
) {
  const cause = kind === "part" ? blamePart(value) : { kind, value };
  return { watched: `${name} ${kind} ${value}`, cause: { ...cause, evidence: none, metric } };
}

function blamePart(part: string): { kind: CauseKind; value: string } {
  const { stage, provider } = splitPart(part);
  return provider === null ? { kind: "stage", value: stage } : { kind: "provider", value: provider };
}

/** A part must take this many times as long as usual to be blamed for slow responses. */
const slowTimes = 1.5;

/** Returns the part of a response whose latency exceeds its usual value the most; null if all are usual. */
function blameSlowness(usual: Usual, { quarter, hour }: Lately): { kind: CauseKind; value: string } | null {
  const parts = (quarter.some(({ p95Ms }) => p95Ms !== null) ? quarter : hour).flatMap(
    ({ kind, value, p95Ms }) => {
      const before = usualP95(usual.hoursOf(kind, value));
      if (kind !== "part" || p95Ms === null || before === null || splitPart(value).stage === "tool")
        return [];
      return [{ value, by: p95Ms - before, times: p95Ms / Math.max(1, before) }];
    },
  );
  const [slowest] = parts.filter(({ times }) => times >= slowTimes).sort((a, b) => b.by - a.by);
  return slowest ? blamePart(slowest.value) : null;
}
