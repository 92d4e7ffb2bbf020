"use client";

import type { FilterChip, FilterEditor } from "@/components/filters/filter-chips";
import { useReportFilter } from "@/components/reports/use-report-filter";
import { type SelectOption, toOptions } from "@/components/ui/select";
import { describeEndedReason } from "@/lib/calls/ended-reason";
import { formatPhoneNumber } from "@/lib/format";
import { filterText, type ReportFacets, type ReportFilterName, reportFilters } from "@/lib/reports/filter";
import { ownZone } from "@/lib/zones";

type Filter = ReturnType<typeof useReportFilter>[0];
type Change = Partial<Filter>;

const byZone = ["period", "from", "to", "weekday", "hour"] as const;

/** Changes the archive's filter. Days and hours are in the viewer's zone, so the zone goes into the URL with them. */
export function useReportChange() {
  const [filter, setFilter] = useReportFilter();
  return (change: Change) => {
    const next: Filter = { ...filter, ...change };
    const zone = byZone.some((name) => next[name] !== null) ? (next.zone ?? ownZone()) : null;
    void setFilter({ ...next, zone });
  };
}

/** One chip per labelled filter of the registry, with its current value and options. */
export function useReportChips(facets: ReportFacets): FilterChip[] {
  const [filter] = useReportFilter();
  const change = useReportChange();

  const one = (name: ReportFilterName, options: readonly SelectOption[]): FilterEditor => ({
    kind: "one",
    options,
    value: filter[name] === null ? null : filterText(filter[name]),
    onChange: (value) => change({ [name]: value === null ? null : parse(name, value) }),
  });
  const many = (name: "group" | "tag" | "score", options: readonly SelectOption[]): FilterEditor => ({
    kind: "many",
    options,
    values: filter[name] ?? [],
    onChange: (values) => change({ [name]: values.length > 0 ? parse(name, values.join()) : null }),
  });
  const chip = (
    name: ReportFilterName & keyof typeof labels,
    editor: FilterEditor | null,
    words = editor && wordsOf(editor),
  ): FilterChip => ({ name, label: labels[name], words, editor, clear: () => change({ [name]: null }) });

  const seconds: FilterEditor = {
    kind: "range",
    unit: "seconds",
    min: filter.minSeconds,
    max: filter.maxSeconds,
    onChange: (minSeconds, maxSeconds) => change({ minSeconds, maxSeconds }),
  };
  const cost: FilterEditor = {
    kind: "range",
    unit: "dollars",
    min: filter.minCost,
    max: filter.maxCost,
    onChange: (minCost, maxCost) => change({ minCost, maxCost }),
  };
  return [
    chip(
      "assistant",
      one(
        "assistant",
        withChosen(
          facets.assistants.map(({ id, name }) => ({ value: id, label: name })),
          filter.assistant,
        ),
      ),
    ),
    chip("version", null, filter.version),
    chip(
      "number",
      one(
        "number",
        withChosen(
          facets.numbers.map((number) => ({ value: number, label: formatPhoneNumber(number) })),
          filter.number,
        ),
      ),
    ),
    chip("group", many("group", toOptions(reportFilters.group.options))),
    chip("reason", null, filter.reason && describeEndedReason(filter.reason).words),
    chip("weekday", one("weekday", toOptions(reportFilters.weekday.options))),
    chip("hour", one("hour", toOptions(reportFilters.hour.options))),
    {
      ...chip("minSeconds", seconds, describeRange(filter.minSeconds, filter.maxSeconds, "", " s")),
      clear: () => change({ minSeconds: null, maxSeconds: null }),
    },
    {
      ...chip("minCost", cost, describeRange(filter.minCost, filter.maxCost, "$", "")),
      clear: () => change({ minCost: null, maxCost: null }),
    },
    chip("success", one("success", toOptions(reportFilters.success.options))),
    chip("hang", one("hang", toOptions(reportFilters.hang.options))),
    chip(
      "tag",
      many(
        "tag",
        [...new Set([...facets.tags, ...(filter.tag ?? [])])].map((tag) => ({ value: tag, label: tag })),
      ),
    ),
    chip("score", many("score", scoreOptions)),
  ].filter(({ words, editor }) => words !== null || !isEmpty(editor));
}

type Labelled = {
  [Name in ReportFilterName]: (typeof reportFilters)[Name] extends { label: string } ? Name : never;
}[ReportFilterName];

// Object.fromEntries loses which name has which label.
const labels = Object.fromEntries(
  Object.entries(reportFilters).flatMap(([name, filter]) =>
    "label" in filter ? [[name, filter.label]] : [],
  ),
) as Record<Labelled, string>;

const scoreOptions = [
  { value: "none", label: "Not scored" },
  ...["1", "2", "3", "4", "5"].map((score) => ({ value: score, label: `${score} of 5` })),
];

/** A value that does not match the schema counts as unset. */
function parse(name: ReportFilterName, text: string): unknown {
  return reportFilters[name].schema.safeParse(text).data ?? null;
}

/** Adds the current value if no call has it any more, so that it stays visible. */
function withChosen(options: readonly SelectOption[], chosen: string | null): readonly SelectOption[] {
  const isListed = chosen === null || options.some(({ value }) => value === chosen);
  return isListed ? options : [...options, { value: chosen, label: chosen }];
}

function wordsOf(editor: FilterEditor): string | null {
  if (editor.kind === "range" || editor.kind === "text") return null;
  const chosen = editor.kind === "many" ? editor.values : [editor.value];
  const labelsOf = editor.options.filter(({ value }) => chosen.includes(value)).map(({ label }) => label);
  return labelsOf.length > 0 ? labelsOf.join(", ") : null;
}

function describeRange(min: number | null, max: number | null, before: string, after: string) {
  const words = (value: number) => `${before}${value}${after}`;
  if (min !== null && max !== null) return `${before}${min}–${max}${after}`;
  if (min !== null) return `≥ ${words(min)}`;
  return max === null ? null : `≤ ${words(max)}`;
}

/** Whether there is nothing to choose from. */
function isEmpty(editor: FilterEditor | null): boolean {
  return editor === null || ("options" in editor && editor.options.length === 0);
}
