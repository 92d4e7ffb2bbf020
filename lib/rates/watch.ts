import type { Cause, CauseKind, CauseValues, WatchedMetric } from "@/lib/incidents/incident";
import type { IncidentRules } from "@/lib/incidents/rules";
import { quarterMs, type SeriesCount, splitPart } from "@/lib/rates/series";
import {
  chanceOfSilence,
  hoursBack,
  judgeCost,
  judgeResponse,
  type Measured,
  type Usual,
  usualP95,
} from "@/lib/rates/usual";

/** The recent counts that metrics are judged by. */
export interface Lately {
  /** The last quarter of an hour, and the last hour where a quarter has too few calls. */
  quarter: readonly SeriesCount[];
  hour: readonly SeriesCount[];
  /** When each value last had a call that began, within the last hours. */
  lastBegun: readonly { causes: CauseValues; at: Date }[];
}

/** One metric of one series, compared with what is usual. */
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

/** Kinds whose volume is judged, the most general first. A version without calls has been replaced. */
const silentKinds = ["account", "number", "assistant"] as const;
const measuredKinds = ["account", "number", "assistant", "version"] as const;

/** Judges every watched metric that enough is known of. */
export function judgeFigures(usual: Usual, lately: Lately, rules: IncidentRules, now: Date): Verdict[] {
  return [
    ...(rules.volume ? judgeVolumes(usual, lately, now) : []),
    ...(rules.response ? judgeMeasured("response", usual, lately, now) : []),
    ...(rules.cost ? judgeMeasured("cost", usual, lately, now) : []),
  ];
}

/** Of the unusual metrics, those to open an incident for: per metric the series that explains the others. */
export function chooseUnusual(verdicts: readonly Verdict[]): Verdict[] {
  const unusual = verdicts.filter(({ verdict }) => verdict === "unusual");
  return [
    ...firstKind(unusual.filter(({ cause }) => cause.metric?.name === "volume")),
    ...mostSpecific(unusual.filter(({ cause }) => cause.metric?.name === "response")),
    ...mostSpecific(unusual.filter(({ cause }) => cause.metric?.name === "cost")),
  ];
}

function firstKind(unusual: readonly Verdict[]): Verdict[] {
  const kind = silentKinds.find((each) => unusual.some(({ cause }) => cause.kind === each));
  return unusual.filter(({ cause }) => cause.kind === kind);
}

/** The only unusual version, assistant or number; with several, the account if it is unusual too. */
function mostSpecific(unusual: readonly Verdict[]): Verdict[] {
  const ofKind = (kind: CauseKind) => unusual.filter(({ watched }) => watched.split(" ")[1] === kind);
  const kinds = ["version", "assistant", "number"] as const;
  const single = kinds.map(ofKind).find((some) => some.length === 1);
  const account = ofKind("account");
  return single ?? (account.length > 0 ? account : (kinds.map(ofKind).find((some) => some.length > 0) ?? []));
}

function judgeVolumes(usual: Usual, { lastBegun }: Lately, now: Date): Verdict[] {
  return silentKinds.flatMap((kind) =>
    usual.valuesOf(kind).flatMap((value): Verdict[] => {
      const own = lastBegun.filter(({ causes }) => kind === "account" || causes[kind] === value);
      const lookedBack = now.getTime() - hoursBack * hourMs;
      const last = new Date(Math.max(lookedBack, ...own.map(({ at }) => at.getTime())));
      const silentMs = now.getTime() - last.getTime();
      const { expected, chance } = chanceOfSilence(usual, kind, value, now, silentMs);
      const metric = { name: "volume", now: silentMs, usual: expected } as const;
      // It ends with any call, or after an hour in which none are expected.
      const verdict = chance < usual.alpha ? "unusual" : own.length > 0 || expected < 1 ? "usual" : "unsure";
      return [{ ...of("volume", kind, value, metric), since: last, verdict }];
    }),
  );
}

function judgeMeasured(name: "response" | "cost", usual: Usual, lately: Lately, now: Date): Verdict[] {
  const judge = (count: SeriesCount): Measured | null =>
    name === "response"
      ? judgeResponse(count, usual.hoursOf(count.kind, count.value), usual.alpha)
      : judgeCost(count, usual.hoursOf(count.kind, count.value));
  return lately.hour
    .filter(({ kind }) => measuredKinds.some((each) => each === kind))
    .flatMap((ofHour): Verdict[] => {
      const kind = measuredKinds.find((each) => each === ofHour.kind);
      const ofQuarter = lately.quarter.find((each) => each.kind === kind && each.value === ofHour.value);
      const quick = ofQuarter ? judge(ofQuarter) : null;
      const measured = quick ?? judge(ofHour);
      if (!kind || !measured) return [];
      const metric = { name, now: measured.now, usual: measured.usual };
      const since = new Date(now.getTime() - (quick ? quarterMs : hourMs));
      const found = of(name, kind, ofHour.value, metric);
      const blamed = name === "response" && kind === "account" ? blameSlowness(usual, lately) : null;
      return [{ ...found, cause: { ...found.cause, ...blamed }, since, verdict: measured.verdict }];
    });
}

const of = (name: WatchedMetric, kind: CauseKind, value: string, metric: NonNullable<Cause["metric"]>) => ({
  watched: `${name} ${kind} ${value}`,
  cause: { kind, value, evidence: none, metric },
});

/** A part must take this many times as long as usual to be blamed for slow responses. */
const slowTimes = 1.5;

/** The part of an answer that exceeds its usual latency most; null where all are usual. */
function blameSlowness(usual: Usual, { quarter, hour }: Lately): { kind: CauseKind; value: string } | null {
  const parts = (quarter.some(({ p95Ms }) => p95Ms !== null) ? quarter : hour).flatMap(
    ({ kind, value, p95Ms }) => {
      const { stage, provider } = splitPart(value);
      const before = usualP95(usual.hoursOf(kind, value));
      if (kind !== "part" || p95Ms === null || before === null || stage === "tool") return [];
      return [{ stage, provider, by: p95Ms - before, times: p95Ms / Math.max(1, before) }];
    },
  );
  const [slowest] = parts.filter(({ times }) => times >= slowTimes).sort((a, b) => b.by - a.by);
  if (!slowest) return null;
  return slowest.provider === null
    ? { kind: "stage", value: slowest.stage }
    : { kind: "provider", value: slowest.provider };
}
