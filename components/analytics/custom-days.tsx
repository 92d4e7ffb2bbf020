"use client";

import { useAnalyticsParams } from "@/components/analytics/use-analytics-params";

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
