"use client";

import { periodNames } from "@/components/analytics/analytics-parsers";
import { useAnalyticsParams } from "@/components/analytics/use-analytics-params";
import { useViewerZone } from "@/components/clock/use-zone";
import { Select } from "@/components/ui/select";
import { type Analytics, periods } from "@/lib/analytics/analytics";
import { formatPhoneNumber } from "@/lib/format";

const look = "h-8 rounded-md border border-line bg-surface px-2 text-sm hover:border-line-strong";

/** The first and the last day of a period of one's own. */
export function CustomDays() {
  const [{ from, to }, setParams] = useAnalyticsParams();
  return (
    <span className="flex flex-wrap items-center gap-2">
      <input
        type="date"
        aria-label="From day"
        className={look}
        value={from ?? ""}
        max={to ?? undefined}
        onChange={({ target }) => setParams({ from: target.value || null })}
      />
      <span className="text-muted">to</span>
      <input
        type="date"
        aria-label="To day"
        className={look}
        value={to ?? ""}
        min={from ?? undefined}
        onChange={({ target }) => setParams({ to: target.value || null })}
      />
    </span>
  );
}

interface AnalyticsToolbarProps {
  analytics: Analytics | undefined;
  /** Whoever sees no numbers cannot choose one. */
  isMasked: boolean;
}

/** Which calls, by which clock. All of it stands in the URL. */
export function AnalyticsToolbar({ analytics, isMasked }: AnalyticsToolbarProps) {
  const [{ period, zone, assistant, number }, setParams] = useAnalyticsParams();
  const viewerZone = useViewerZone();
  const shownZone = zone ?? viewerZone ?? "UTC";
  const assistants = (analytics?.assistants ?? []).map(
    ({ key, name }) => [key, name || "No assistant known"] as const,
  );
  const numbers = (analytics?.numbers ?? []).map(
    ({ key }) => [key, key ? formatPhoneNumber(key) : "Web calls"] as const,
  );
  return (
    <search className="flex min-w-0 flex-wrap items-center gap-2">
      <Select
        label="Period"
        value={period}
        onChange={({ target }) =>
          setParams({ period: periodNames.find((name) => name === target.value) ?? null })
        }
      >
        {Object.entries(periods).map(([name, words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
        <option value="custom">Custom…</option>
      </Select>
      {period === "custom" && <CustomDays />}
      <Select
        label="Assistant"
        className="max-w-44"
        value={toOption(assistant)}
        onChange={({ target }) => setParams({ assistant: fromOption(target.value) })}
      >
        <option value={any}>Any assistant</option>
        {withChosen(assistants, assistant).map(([key, name]) => (
          <option key={key} value={toOption(key)}>
            {name}
          </option>
        ))}
      </Select>
      {!isMasked && (
        <Select
          label="Our number"
          className="max-w-44"
          value={toOption(number)}
          onChange={({ target }) => setParams({ number: fromOption(target.value) })}
        >
          <option value={any}>Any number</option>
          {withChosen(numbers, number).map(([key, name]) => (
            <option key={key} value={toOption(key)}>
              {name}
            </option>
          ))}
        </Select>
      )}
      <Select
        label="Time zone"
        className="max-w-44"
        value={shownZone}
        onChange={({ target }) => setParams({ zone: target.value === viewerZone ? null : target.value })}
      >
        {zonesWith(shownZone, viewerZone).map((name) => (
          <option key={name} value={name}>
            {name === viewerZone ? `${name} (your time zone)` : name}
          </option>
        ))}
      </Select>
    </search>
  );
}

/** An empty key is a choice, too: calls of no known assistant, web calls. */
const any = "any";
const toOption = (key: string | null) => (key === null ? any : `=${key}`);
const fromOption = (option: string) => (option === any ? null : option.slice(1));

function withChosen(choices: readonly (readonly [key: string, name: string])[], chosen: string | null) {
  return chosen === null || choices.some(([key]) => key === chosen)
    ? choices
    : [...choices, [chosen, chosen || "None"] as const];
}

/** The viewer's own first. All of them only where the browser has taken over, which alone knows them. */
function zonesWith(shown: string, viewerZone: string | null): string[] {
  if (viewerZone === null) return [shown];
  return [...new Set([viewerZone, "UTC", shown, ...Intl.supportedValuesOf("timeZone")])];
}
