import type { AnalyticsFilter } from "@/lib/analytics/analytics-filter";

export interface ReportsQuery {
  /** ISO; of `from` (included) until `until` (not). */
  from: string;
  until: string;
  assistant?: string | undefined;
  number?: string | undefined;
  reason?: string | undefined;
  hang?: boolean;
}

/** Where the reports of what was counted are. */
export function toReportsHref({ from, until, hang, ...more }: ReportsQuery) {
  const query = { from, to: until, hang: hang ? "yes" : undefined, ...more };
  const set = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return { pathname: "/reports", query: Object.fromEntries(set) };
}

/** What of the page's filter the reports are filtered by, too. */
export function toReportsBasis({ assistant, number }: AnalyticsFilter) {
  return { assistant, number };
}
