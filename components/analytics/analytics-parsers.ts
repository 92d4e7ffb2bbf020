import { parseAsString, parseAsStringLiteral } from "nuqs";
import { metricNames } from "@/lib/analytics/analytics";
import { periodNames } from "@/lib/periods";

/** What analytics are asked for, as it stands in the URL. Without a zone it is the viewer's. */
export const analyticsParsers = {
  period: parseAsStringLiteral([...periodNames, "custom"] as const).withDefault("week"),
  /** Days, for a period of one's own. */
  from: parseAsString,
  to: parseAsString,
  zone: parseAsString,
  assistant: parseAsString,
  number: parseAsString,
  /** What the chart over time shows. */
  metric: parseAsStringLiteral(metricNames).withDefault("calls"),
};
