"use client";

import { useQueryStates } from "nuqs";
import { reportParsers } from "@/components/reports/report-parsers";
import { toReportParams } from "@/lib/reports/filter";

/** The archive's part of the URL, and the way to change it. What is null goes back to anything. */
export function useReportFilter() {
  return useQueryStates(reportParsers, { history: "replace" });
}

/** The filter as the API is asked with it. */
export function useReportParams(): string {
  const [filter] = useReportFilter();
  return toReportParams(filter);
}
