"use client";

import { useReportFilter } from "@/components/reports/use-report-filter";
import { Select } from "@/components/ui/select";
import { addDays, dayOf, ownZone } from "@/lib/zones";

const look =
  "h-8 w-34 rounded-md border border-line bg-surface px-2 text-sm hover:border-line-strong max-sm:w-auto max-sm:min-w-0 max-sm:flex-1";

const spans = { "1": "Today", "7": "Last 7 days", "30": "Last 30 days", "90": "Last 90 days" };

/** From which day to which, both included, in the zone of whoever says so: it goes into the URL with them. */
export function PeriodFields() {
  const [{ from, to, zone }, setFilter] = useReportFilter();

  function setDays(days: { from?: string | null; to?: string | null }) {
    const next = { from, to, ...days };
    const isAny = !next.from && !next.to;
    void setFilter({
      ...next,
      zone: isAny ? null : (zone ?? ownZone()),
    });
  }

  return (
    <fieldset className="flex min-w-0 flex-wrap items-center gap-2">
      <legend className="sr-only">When</legend>
      <Select
        label="Period"
        value={from || to ? "own" : ""}
        onChange={({ target }) => setDays({ from: daysAgo(target.value), to: null })}
      >
        <option value="">Any time</option>
        {Object.entries(spans).map(([days, words]) => (
          <option key={days} value={days}>
            {words}
          </option>
        ))}
        {(from || to) && <option value="own">Custom range</option>}
      </Select>
      {(from || to) && (
        <>
          <input
            type="date"
            aria-label="From"
            value={from ?? ""}
            max={to ?? undefined}
            onChange={({ target }) => setDays({ from: target.value || null })}
            className={look}
          />
          <input
            type="date"
            aria-label="To"
            value={to ?? ""}
            min={from ?? undefined}
            onChange={({ target }) => setDays({ to: target.value || null })}
            className={look}
          />
        </>
      )}
    </fieldset>
  );
}

/** The first of so many days that end today, on the viewer's calendar. */
function daysAgo(days: string): string | null {
  if (days === "") return null;
  return addDays(dayOf(Date.now(), ownZone()), 1 - Number(days));
}
