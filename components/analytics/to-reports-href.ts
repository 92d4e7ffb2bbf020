import type { AnalyticsFilter } from "@/lib/analytics/analytics";
import type { EndedGroup } from "@/lib/calls/ended-reason";

type Narrower = Partial<Pick<AnalyticsFilter, "from" | "to" | "assistant" | "number">> & {
  group?: EndedGroup;
  reason?: string;
  version?: string;
  weekday?: number;
  hour?: number;
  hang?: "yes" | undefined;
};

/** Where the reports are of what was counted: the page's filter, and what narrows it further. */
export function toReportsHref(filter: AnalyticsFilter, narrower: Narrower = {}) {
  const query = Object.entries({ ...filter, ...narrower }).flatMap(([name, value]) =>
    // Midnight is an hour, and its number is 0.
    value === undefined || value === "" ? [] : [[name, String(value)] as const],
  );
  return { pathname: "/reports", query: Object.fromEntries(query) };
}
