"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { metricNames } from "@/lib/analytics/analytics";
import { latencyStages } from "@/lib/calls/report";
import { periodNames } from "@/lib/periods";

/** What analytics are asked for, as it stands in the URL. Without a zone it is the viewer's. */
const analyticsParsers = {
  period: parseAsStringLiteral([...periodNames, "custom"] as const).withDefault("week"),
  /** Days, for a period of one's own. */
  from: parseAsString,
  to: parseAsString,
  zone: parseAsString,
  assistant: parseAsString,
  number: parseAsString,
  /** What the chart over time shows. */
  metric: parseAsStringLiteral(metricNames).withDefault("calls"),
  /** The stage of replies whose chart is shown. */
  stage: parseAsStringLiteral(latencyStages).withDefault("model"),
};

/** The page's part of the URL, and the way to change it. */
export function useAnalyticsParams() {
  return useQueryStates(analyticsParsers, { history: "replace" });
}
