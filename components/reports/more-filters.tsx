"use client";

import { X } from "lucide-react";
import { NumberRange } from "@/components/reports/number-range";
import { useReportFilter } from "@/components/reports/use-report-filter";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { describeEndedReason } from "@/lib/calls/ended-reason";
import { formatPhoneNumber } from "@/lib/format";
import { type ReportFacets, type ReportFilterName, reportFilters } from "@/lib/reports/filter";

const scores = { "": "Any score", none: "Not scored", "1,2": "1 or 2", "3": "3", "4,5": "4 or 5" };

const names = Object.keys(reportFilters) as ReportFilterName[];

type MoreFilterName = {
  [Name in ReportFilterName]: (typeof reportFilters)[Name] extends { isMore: true } ? Name : never;
}[ReportFilterName];

/** Those that are asked for less often. */
export const moreFilters = names.filter((name): name is MoreFilterName => "isMore" in reportFilters[name]);

type ChoiceName = {
  [Name in ReportFilterName]: (typeof reportFilters)[Name] extends { options: object } ? Name : never;
}[ReportFilterName];

const choices = moreFilters.filter((name): name is ChoiceName => "options" in reportFilters[name]);

/** One of a few: the filter's own words say all there is to show. */
function Choice({ name }: { name: ChoiceName }) {
  const [filter, setFilter] = useReportFilter();
  const { label, any, options, schema } = reportFilters[name];
  return (
    <Select
      label={label}
      value={filter[name] ?? ""}
      onChange={({ target }) =>
        setFilter({ [name]: target.value === "" ? null : (schema.safeParse(target.value).data ?? null) })
      }
    >
      <option value="">{any}</option>
      {Object.entries(options).map(([value, words]) => (
        <option key={value} value={value}>
          {words}
        </option>
      ))}
    </Select>
  );
}

/** What is asked for less often. */
export function MoreFilters({ facets }: { facets: ReportFacets }) {
  const [filter, setFilter] = useReportFilter();
  const { number, tag, score } = filter;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {facets.numbers.length > 0 && (
        <Select
          label="Our number"
          value={number ?? ""}
          onChange={({ target }) => setFilter({ number: target.value || null })}
        >
          <option value="">Any number</option>
          {facets.numbers.map((each) => (
            <option key={each} value={each}>
              {formatPhoneNumber(each)}
            </option>
          ))}
        </Select>
      )}
      {choices.map((name) => (
        <Choice key={name} name={name} />
      ))}
      <Select
        label="Score"
        value={score?.join() ?? ""}
        onChange={({ target }) => {
          const wanted = (["none", "1", "2", "3", "4", "5"] as const).filter((each) =>
            target.value.split(",").includes(each),
          );
          void setFilter({ score: wanted.length > 0 ? wanted : null });
        }}
      >
        {Object.entries(
          score && !Object.hasOwn(scores, score.join())
            ? { ...scores, [score.join()]: score.join(", ") }
            : scores,
        ).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </Select>
      {(facets.tags.length > 0 || tag) && (
        <Select
          label="Tag"
          value=""
          onChange={({ target }) =>
            target.value && setFilter({ tag: [...new Set([...(tag ?? []), target.value])] })
          }
        >
          <option value="">{tag ? "And the tag …" : "Any tags"}</option>
          {facets.tags.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </Select>
      )}
      {tag?.map((each) => (
        <Button
          key={each}
          size="small"
          className="h-8 max-w-48"
          aria-label={`Without the tag ${each}`}
          onClick={() => setFilter({ tag: tag.length > 1 ? tag.filter((other) => other !== each) : null })}
        >
          <span className="truncate">{each}</span>
          <X aria-hidden />
        </Button>
      ))}
      {filter.reason && (
        <Button
          size="small"
          className="h-8 max-w-64"
          aria-label={`With any end reason, not only: ${describeEndedReason(filter.reason).words}`}
          onClick={() => setFilter({ reason: null })}
        >
          <span className="truncate">{describeEndedReason(filter.reason).words}</span>
          <X aria-hidden />
        </Button>
      )}
      <NumberRange
        name="Seconds"
        min={filter.minSeconds}
        max={filter.maxSeconds}
        onChange={(minSeconds, maxSeconds) => setFilter({ minSeconds, maxSeconds })}
      />
      <NumberRange
        name="Dollars"
        min={filter.minCost}
        max={filter.maxCost}
        step="any"
        onChange={(minCost, maxCost) => setFilter({ minCost, maxCost })}
      />
    </div>
  );
}
