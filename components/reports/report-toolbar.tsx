"use client";

import { SlidersHorizontal } from "lucide-react";
import { type Ref, useState } from "react";
import { MoreFilters, moreFilters } from "@/components/reports/more-filters";
import { PeriodFields } from "@/components/reports/period-fields";
import { SearchField } from "@/components/reports/search-field";
import { useReportFilter } from "@/components/reports/use-report-filter";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { endedGroupLabels, endedGroups } from "@/lib/calls/ended-reason";
import type { ReportFacets } from "@/lib/reports/filter";

const sorts = {
  newest: "Newest first",
  oldest: "Oldest first",
  longest: "Longest first",
  costliest: "Most expensive",
};

interface ReportToolbarProps {
  facets: ReportFacets;
  searchRef: Ref<HTMLInputElement>;
}

/** Narrows the archive and puts it in order. All of it stands in the URL. */
export function ReportToolbar({ facets, searchRef }: ReportToolbarProps) {
  const [filter, setFilter] = useReportFilter();
  const [isMore, setMore] = useState(false);
  const count = moreFilters.filter((name) => filter[name] !== null).length;
  return (
    <search className="grid gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <SearchField ref={searchRef} value={filter.q} onChange={(q) => setFilter({ q: q.trim() || null })} />
        <PeriodFields />
        <Select
          label="Assistant"
          value={filter.assistant ?? ""}
          className="max-w-44"
          onChange={({ target }) => setFilter({ assistant: target.value || null })}
        >
          <option value="">Any assistant</option>
          {withChosen(facets.assistants, filter.assistant).map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <Select
          label="How it ended"
          value={filter.group?.join() ?? ""}
          onChange={({ target }) =>
            setFilter({
              group: target.value
                ? endedGroups.filter((group) => target.value.split(",").includes(group))
                : null,
            })
          }
        >
          <option value="">Any outcome</option>
          {endedGroups.map((group) => (
            <option key={group} value={group}>
              {endedGroupLabels[group]}
            </option>
          ))}
          {filter.group && filter.group.length > 1 && (
            <option value={filter.group.join()}>
              {filter.group.map((each) => endedGroupLabels[each]).join(", ")}
            </option>
          )}
        </Select>
        <Select
          label="Order"
          value={filter.sort}
          onChange={({ target }) => setFilter({ sort: isSort(target.value) ? target.value : null })}
        >
          {Object.entries(sorts).map(([sort, words]) => (
            <option key={sort} value={sort}>
              {words}
            </option>
          ))}
        </Select>
        <Button size="small" className="h-8" aria-expanded={isMore} onClick={() => setMore(!isMore)}>
          <SlidersHorizontal aria-hidden />
          {count > 0 ? `More filters (${count})` : "More filters"}
        </Button>
      </div>
      {isMore && <MoreFilters facets={facets} />}
    </search>
  );
}

const isSort = (value: string): value is keyof typeof sorts => Object.hasOwn(sorts, value);

/** What is chosen can be seen, also when no call has it any more. */
function withChosen(
  assistants: ReportFacets["assistants"],
  chosen: string | null,
): ReportFacets["assistants"] {
  const isListed = chosen === null || assistants.some(({ id }) => id === chosen);
  return isListed ? assistants : [...assistants, { id: chosen, name: chosen }];
}
