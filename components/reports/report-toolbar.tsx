"use client";

import type { Ref } from "react";
import { FilterChips } from "@/components/filters/filter-chips";
import { PeriodButton } from "@/components/filters/period-button";
import { SearchField } from "@/components/reports/search-field";
import { useReportChange, useReportChips } from "@/components/reports/use-report-chips";
import { noReportFilter, useReportFilter } from "@/components/reports/use-report-filter";
import { Button } from "@/components/ui/button";
import { Select, toOptions } from "@/components/ui/select";
import { type ReportFacets, type ReportSort, toReportParams } from "@/lib/reports/filter";

const sorts = toOptions({
  newest: "Newest first",
  oldest: "Oldest first",
  longest: "Longest first",
  costliest: "Most expensive",
} satisfies Record<ReportSort, string>);

interface ReportToolbarProps {
  facets: ReportFacets;
  searchRef: Ref<HTMLInputElement>;
}

/** Search, filters and sort of the archive. All of it is kept in the URL. */
export function ReportToolbar({ facets, searchRef }: ReportToolbarProps) {
  const [filter, setFilter] = useReportFilter();
  const change = useReportChange();
  const chips = useReportChips(facets);
  const { q, period, from, to, sort } = filter;
  const { sort: _, ...asked } = filter;
  const isNarrowed = toReportParams(asked) !== "";
  return (
    <search className="flex min-w-0 flex-wrap items-center gap-2">
      <SearchField ref={searchRef} value={q} onChange={(words) => setFilter({ q: words || null })} />
      <PeriodButton value={{ period, from, to }} canBeAny onChange={change} />
      <FilterChips filters={chips} />
      {isNarrowed && (
        <Button
          variant="quiet"
          size="small"
          className="h-8 pointer-coarse:h-11"
          onClick={() => setFilter(noReportFilter)}
        >
          Clear
        </Button>
      )}
      <Select
        label="Order"
        value={sort}
        options={sorts}
        onChange={(value) => setFilter({ sort: value })}
        className="sm:ml-auto"
      />
    </search>
  );
}
