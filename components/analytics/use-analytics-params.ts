"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { metricNames } from "@/lib/analytics/analytics";
import { latencyStages } from "@/lib/calls/report";
import { periodNames } from "@/lib/periods";

/** The analytics filter in the URL. Without `zone`, the viewer's time zone applies. */
const analyticsParsers = {
  period: parseAsStringLiteral([...periodNames, "custom"] as const).withDefault("week"),
  /** First and last day of a custom period. */
  from: parseAsString,
  to: parseAsString,
  zone: parseAsString,
  assistant: parseAsString,
  number: parseAsString,
  /** The figure shown by the chart over time. */
  metric: parseAsStringLiteral(metricNames).withDefault("calls"),
  /** The response stage shown by the stage chart. */
  stage: parseAsStringLiteral(latencyStages).withDefault("model"),
};

/** Reads and writes the page's part of the URL. */
export function useAnalyticsParams() {
  return useQueryStates(analyticsParsers, { history: "replace" });
}
