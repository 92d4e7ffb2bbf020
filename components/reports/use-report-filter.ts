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

/** A value that does not match the schema counts as unset. */
function toParser<Value>(schema: z.ZodType<Value>) {
  return createParser<Value & {}>({
    parse: (text) => schema.safeParse(text).data ?? null,
    serialize: filterText,
    eq: (a, b) => filterText(a) === filterText(b),
  });
}

type ValueOf<Name extends ReportFilterName> = NonNullable<z.output<(typeof reportFilters)[Name]["schema"]>>;
type Parsers = { [Name in ReportFilterName]: ReturnType<typeof toParser<ValueOf<Name>>> };

// Object.fromEntries loses which name has which schema.
const parsers = Object.fromEntries(
  Object.entries(reportFilters).map(([name, { schema }]) => [name, toParser<unknown>(schema)]),
) as unknown as Parsers;

/** The archive's filter in the URL, with the API's names and meanings. */
const reportParsers = {
  ...parsers,
  q: parsers.q.withDefault(""),
  sort: parseAsStringLiteral(reportSorts).withDefault("newest"),
};

/** The archive's part of the URL, with a setter. Null unsets a filter. */
export function useReportFilter() {
  return useQueryStates(reportParsers, { history: "replace" });
}

/** Every filter unset; the sort order is not a filter. */
export const noReportFilter = Object.fromEntries(Object.keys(reportFilters).map((name) => [name, null]));

/** The filter as a query string for the API. */
export function useReportParams(): string {
  const [filter] = useReportFilter();
  return toReportParams(filter);
}
