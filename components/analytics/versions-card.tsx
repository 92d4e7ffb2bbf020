"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Card } from "@/components/analytics/card";
import { classNames } from "@/components/ui/class-names";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { Select } from "@/components/ui/select";
import { versionsQuery } from "@/lib/analytics/version-queries";
import {
  type AssistantVersion,
  describeDifference,
  describeVerdict,
  fewestBefore,
  fewestCalls,
  guardedMetrics,
  type MetricComparison,
  type VersionComparison,
  type VersionFilter,
  versionLabel,
} from "@/lib/analytics/versions";
import { describeEndedReason } from "@/lib/calls/ended-reason";
import { formatCount } from "@/lib/format";

const verdictLabels = {
  worse: "Worse",
  better: "Better",
  "no-difference": "No clear difference",
  "too-few-calls": "Too few calls",
} as const;

type Comparison = NonNullable<VersionComparison["comparison"]>;

/** Sums up the comparison in a sentence. */
function toSentence({ version, metrics, calls }: Comparison): string {
  const label = versionLabel(version);
  const worse = describeVerdict(metrics, "worse");
  const better = describeVerdict(metrics, "better");
  if (worse) return `${label} is worse: ${worse}.${better ? ` Better: ${better}.` : ""}`;
  if (better) return `${label} is better: ${better}.`;
  return calls.version < fewestCalls || calls.baseline < fewestBefore
    ? `Too few calls to compare: ${calls.version} of ${label}. At least ${fewestCalls} are needed, and ${fewestBefore} of the baseline.`
    : `${label} shows no clear difference yet.`;
}

function MetricRow({ comparison }: { comparison: MetricComparison }) {
  const { label, format } = guardedMetrics[comparison.metric];
  const show = (value: number | null) => (value === null ? "–" : format(value));
  return (
    <tr className="border-line border-t align-top">
      <th scope="row" className="py-2 text-left font-normal">
        {label}
      </th>
      <td className="py-2 pl-3">{show(comparison.baseline)}</td>
      <td className="py-2 pl-3">{show(comparison.version)}</td>
      <td className="py-2 pl-3">{describeDifference(comparison) ?? "–"}</td>
      <td
        className={classNames(
          "py-2 pl-3 text-left",
          comparison.verdict === "worse" ? "font-medium text-danger" : "text-muted",
        )}
      >
        {verdictLabels[comparison.verdict]}
      </td>
    </tr>
  );
}

const mostReasons = 8;

function ReasonRow({ reason, calls }: { reason: Comparison["reasons"][number]; calls: Comparison["calls"] }) {
  const share = (count: number, all: number) => (all === 0 ? "–" : `${((count / all) * 100).toFixed(1)} %`);
  return (
    <tr className="border-line border-t align-top">
      <th scope="row" className="py-1.5 pr-3 text-left font-normal ">
        {reason.code ? describeEndedReason(reason.code).words : "No end reason"}
      </th>
      <td className="whitespace-nowrap py-1.5 pl-3">{share(reason.baseline, calls.baseline)}</td>
      <td className="whitespace-nowrap py-1.5 pl-3">{share(reason.version, calls.version)}</td>
    </tr>
  );
}

function Tables({ comparison }: { comparison: Comparison }) {
  const { baseline, version, calls, metrics, reasons } = comparison;
  const heads = (
    <>
      <th scope="col" className="pb-1 pl-3 font-normal">
        {versionLabel(baseline)}
      </th>
      <th scope="col" className="pb-1 pl-3 font-normal">
        {versionLabel(version)}
      </th>
    </>
  );
  return (
    <>
      <p className="text-sm">{toSentence(comparison)}</p>
      <ScrollRegion label="Table of compared versions" className="overflow-auto">
        <table className="w-full whitespace-nowrap text-right text-sm">
          <caption className="sr-only">Measures of both versions</caption>
          <thead className="text-muted text-xs">
            <tr>
              <th scope="col" className="pb-1 text-left font-normal">
                Measure
              </th>
              {heads}
              <th scope="col" className="pb-1 pl-3 font-normal">
                Difference (interval)
              </th>
              <th scope="col" className="pb-1 pl-3 text-left font-normal">
                Verdict
              </th>
            </tr>
          </thead>
          <tbody>
            <tr className="border-line border-t">
              <th scope="row" className="py-2 text-left font-normal">
                Calls
              </th>
              <td className="py-2 pl-3">{calls.baseline}</td>
              <td className="py-2 pl-3">{calls.version}</td>
              <td />
              <td />
            </tr>
            {metrics.map((each) => (
              <MetricRow key={each.metric} comparison={each} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <ScrollRegion label="Table of end reasons by version" className="overflow-auto">
        <table className="w-full text-right text-sm">
          <caption className="pb-1 text-left font-medium">End reasons</caption>
          <thead className="text-muted text-xs">
            <tr>
              <th scope="col" className="pb-1 text-left font-normal">
                Reason
              </th>
              {heads}
            </tr>
          </thead>
          <tbody>
            {reasons.slice(0, mostReasons).map((reason) => (
              <ReasonRow key={reason.code} reason={reason} calls={calls} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className="text-muted text-xs">
        The first 1,000 calls of {versionLabel(version)} and the last 2,000 of {versionLabel(baseline)}. The
        intervals stay valid however often you check; the six verdicts together are wrong for at most 5 in 100
        versions.
      </p>
    </>
  );
}

const toOptions = (versions: readonly AssistantVersion[], without: string | undefined) =>
  versions
    .filter(({ version }) => version !== without)
    .map(({ version, calls }) => ({
      value: version,
      label: `${versionLabel(version)} · ${formatCount(calls, "call")}`,
    }));

interface VersionsCardProps {
  /** Assistants with more than one version. */
  assistants: readonly { key: string; name: string }[];
}

/** Two versions of an assistant side by side, and whether one of them is worse. */
export function VersionsCard({ assistants }: VersionsCardProps) {
  const [filter, setFilter] = useState<VersionFilter>({ assistant: assistants[0]?.key ?? "" });
  const { data, error } = useQuery(versionsQuery(filter));
  const chosen = data?.comparison;
  const version = chosen?.version ?? filter.version;
  const baseline = chosen?.baseline ?? filter.baseline;
  return (
    <Card
      title="Compare versions"
      aside={
        <div className="flex flex-wrap gap-2">
          <Select
            label="Assistant"
            value={filter.assistant}
            options={assistants.map(({ key, name }) => ({ value: key, label: name }))}
            onChange={(assistant) => setFilter({ assistant })}
            className="max-w-48"
          />
          <Select
            label="Baseline"
            value={baseline ?? ""}
            options={toOptions(data?.versions ?? [], version)}
            onChange={(to) => setFilter({ ...filter, version, baseline: to })}
          />
          <Select
            label="Version"
            value={version ?? ""}
            options={toOptions(data?.versions ?? [], baseline)}
            onChange={(to) => setFilter({ ...filter, version: to, baseline })}
          />
        </div>
      }
    >
      {error && <p role="alert">{error.message}</p>}
      {chosen && <Tables comparison={chosen} />}
      {data && !chosen && (
        <p className="text-muted text-sm">
          No earlier version has {fewestBefore} calls in the last 30 days. Choose two versions to compare them
          anyway.
        </p>
      )}
    </Card>
  );
}
