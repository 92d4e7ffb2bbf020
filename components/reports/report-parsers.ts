import { parseAsArrayOf, parseAsFloat, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs";
import { endedGroups } from "@/lib/calls/ended-reason";
import { reportSorts } from "@/lib/reports/filter";

/** What of the archive somebody wants to see, as it stands in the URL: names and meaning are those of the API. */
export const reportParsers = {
  q: parseAsString.withDefault(""),
  from: parseAsString,
  to: parseAsString,
  zone: parseAsString,
  assistant: parseAsString,
  number: parseAsString,
  group: parseAsArrayOf(parseAsStringLiteral(endedGroups)),
  reason: parseAsString,
  weekday: parseAsInteger,
  hour: parseAsInteger,
  minSeconds: parseAsFloat,
  maxSeconds: parseAsFloat,
  minCost: parseAsFloat,
  maxCost: parseAsFloat,
  success: parseAsStringLiteral(["yes", "no", "unknown"] as const),
  hang: parseAsStringLiteral(["yes", "no"] as const),
  tag: parseAsArrayOf(parseAsString),
  score: parseAsArrayOf(parseAsStringLiteral(["none", "1", "2", "3", "4", "5"] as const)),
  sort: parseAsStringLiteral(reportSorts).withDefault("newest"),
};
