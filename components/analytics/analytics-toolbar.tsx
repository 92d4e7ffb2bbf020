"use client";

import { useAnalyticsParams } from "@/components/analytics/use-analytics-params";
import { useViewerZone } from "@/components/clock/use-zone";
import { PeriodButton } from "@/components/filters/period-button";
import { Select } from "@/components/ui/select";
import type { Analytics } from "@/lib/analytics/analytics";
import { formatPhoneNumber } from "@/lib/format";

interface AnalyticsToolbarProps {
  analytics: Analytics | undefined;
  /** A viewer with masked numbers cannot filter by one. */
  isMasked: boolean;
}

/** The filter and the time zone. All of it is kept in the URL. */
export function AnalyticsToolbar({ analytics, isMasked }: AnalyticsToolbarProps) {
  const [{ period, from, to, zone, assistant, number }, setParams] = useAnalyticsParams();
  const viewerZone = useViewerZone();
  const shownZone = zone ?? viewerZone ?? "UTC";
  const assistants = (analytics?.assistants ?? []).map(
    ({ key, name }) => [key, name || "Unknown assistant"] as const,
  );
  const numbers = (analytics?.numbers ?? []).map(
    ({ key }) => [key, key ? formatPhoneNumber(key) : "Web calls"] as const,
  );
  return (
    <search className="flex min-w-0 flex-wrap items-center gap-2">
      <PeriodButton
        value={{ period: period === "custom" ? null : period, from, to }}
        onChange={({ period: name, ...days }) => setParams({ period: name ?? "custom", ...days })}
      />
      <Select
        label="Assistant"
        className="max-w-44"
        value={toOption(assistant)}
        options={withAny("Any assistant", withChosen(assistants, assistant))}
        onChange={(option) => setParams({ assistant: fromOption(option) })}
      />
      {!isMasked && (
        <Select
          label="Our number"
          className="max-w-44"
          value={toOption(number)}
          options={withAny("Any number", withChosen(numbers, number))}
          onChange={(option) => setParams({ number: fromOption(option) })}
        />
      )}
      <Select
        label="Time zone"
        className="max-w-full"
        value={shownZone}
        options={zonesWith(shownZone, viewerZone).map((name) => ({
          value: name,
          label: name === viewerZone ? `${name} (your time zone)` : name,
        }))}
        onChange={(name) => setParams({ zone: name === viewerZone ? null : name })}
      />
    </search>
  );
}

/** An empty key is a choice too: calls without a known assistant, or web calls. */
const any = "any";
const toOption = (key: string | null) => (key === null ? any : `=${key}`);
const fromOption = (option: string) => (option === any ? null : option.slice(1));

const withAny = (words: string, choices: ReturnType<typeof withChosen>) => [
  { value: any, label: words },
  ...choices.map(([key, label]) => ({ value: toOption(key), label })),
];

function withChosen(choices: readonly (readonly [key: string, name: string])[], chosen: string | null) {
  return chosen === null || choices.some(([key]) => key === chosen)
    ? choices
    : [...choices, [chosen, chosen || "None"] as const];
}

/** Time zones to choose from, the viewer's first. The full list needs the browser: the server does not know the viewer's. */
function zonesWith(shown: string, viewerZone: string | null): string[] {
  if (viewerZone === null) return [shown];
  return [...new Set([viewerZone, "UTC", shown, ...Intl.supportedValuesOf("timeZone")])];
}
