"use client";

import { X } from "lucide-react";
import { NumberRange } from "@/components/reports/number-range";
import { useReportFilter } from "@/components/reports/use-report-filter";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { describeEndedReason } from "@/lib/calls/ended-reason";
import { formatPhoneNumber } from "@/lib/format";
import type { ReportFacets } from "@/lib/reports/filter";

const weekdays = ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"];
const scores = { "": "Any score", none: "Not scored", "1,2": "1 or 2", "3": "3", "4,5": "4 or 5" };

/** What is asked for less often. */
export function MoreFilters({ facets }: { facets: ReportFacets }) {
  const [filter, setFilter] = useReportFilter();
  const { number, success, hang, tag, score } = filter;
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
      <Select
        label="Success"
        value={success ?? ""}
        onChange={({ target }) =>
          setFilter({ success: oneOf(["yes", "no", "unknown"] as const, target.value) })
        }
      >
        <option value="">Success or not</option>
        <option value="yes">A success</option>
        <option value="no">No success</option>
        <option value="unknown">Not evaluated</option>
      </Select>
      <Select
        label="Hangs"
        value={hang ?? ""}
        onChange={({ target }) => setFilter({ hang: oneOf(["yes", "no"] as const, target.value) })}
      >
        <option value="">With hangs or without</option>
        <option value="yes">With a hang</option>
        <option value="no">Without hangs</option>
      </Select>
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
      <Select
        label="Weekday"
        value={filter.weekday ?? ""}
        onChange={({ target }) => setFilter({ weekday: target.value ? Number(target.value) : null })}
      >
        <option value="">Any weekday</option>
        {weekdays.map((name, index) => (
          <option key={name} value={index + 1}>
            {name}
          </option>
        ))}
      </Select>
      <Select
        label="Hour of the day"
        value={filter.hour ?? ""}
        onChange={({ target }) => setFilter({ hour: target.value ? Number(target.value) : null })}
      >
        <option value="">Any hour</option>
        {Array.from({ length: 24 }, (_, hour) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: hours are their own keys
          <option key={hour} value={hour}>
            {String(hour).padStart(2, "0")}:00
          </option>
        ))}
      </Select>
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

function oneOf<T extends string>(values: readonly T[], value: string): T | null {
  return values.find((each) => each === value) ?? null;
}
