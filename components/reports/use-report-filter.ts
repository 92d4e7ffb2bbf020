"use client";

import { createParser, parseAsStringLiteral, useQueryStates } from "nuqs";
import type * as z from "zod";
import {
  filterText,
  type ReportFilterName,
  reportFilters,
  reportSorts,
  toReportParams,
} from "@/lib/reports/filter";

/** What does not fit the schema is as good as not there. */
function toParser<Value>(schema: z.ZodType<Value>) {
  return createParser<Value & {}>({
    parse: (text) => schema.safeParse(text).data ?? null,
    serialize: filterText,
    eq: (a, b) => filterText(a) === filterText(b),
  });
}

type ValueOf<Name extends ReportFilterName> = NonNullable<z.output<(typeof reportFilters)[Name]["schema"]>>;
type Parsers = { [Name in ReportFilterName]: ReturnType<typeof toParser<ValueOf<Name>>> };

// fromEntries forgets which name has which schema.
const parsers = Object.fromEntries(
  Object.entries(reportFilters).map(([name, { schema }]) => [name, toParser<unknown>(schema)]),
) as unknown as Parsers;

/** What of the archive somebody wants to see, as it stands in the URL: names and meaning are those of the API. */
const reportParsers = {
  ...parsers,
  q: parsers.q.withDefault(""),
  sort: parseAsStringLiteral(reportSorts).withDefault("newest"),
};

/** The archive's part of the URL, and the way to change it. What is null goes back to anything. */
export function useReportFilter() {
  return useQueryStates(reportParsers, { history: "replace" });
}

/** Every filter off; the order is none. */
export const noReportFilter = Object.fromEntries(Object.keys(reportFilters).map((name) => [name, null]));

/** The filter as the API is asked with it. */
export function useReportParams(): string {
  const [filter] = useReportFilter();
  return toReportParams(filter);
}
