"use client";

import { useQueryStates } from "nuqs";
import { analyticsParsers } from "@/components/analytics/analytics-parsers";

/** The page's part of the URL, and the way to change it. */
export function useAnalyticsParams() {
  return useQueryStates(analyticsParsers, { history: "replace" });
}
