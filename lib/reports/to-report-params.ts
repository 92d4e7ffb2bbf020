/** Names of the filter in the URL, in the order they are written in. */
const names = [
  "q",
  "from",
  "to",
  "zone",
  "assistant",
  "number",
  "group",
  "reason",
  "weekday",
  "hour",
  "minSeconds",
  "maxSeconds",
  "minCost",
  "maxCost",
  "success",
  "hang",
  "tag",
  "score",
  "sort",
] as const;

type Values = Partial<Record<(typeof names)[number], unknown>>;

/** A filter as one text, always the same for the same filter: what the API is asked with, and what a view keeps. */
export function toReportParams(values: Values): string {
  const params = new URLSearchParams();
  for (const name of names) {
    const value = values[name];
    const text = Array.isArray(value) ? value.join(",") : String(value ?? "");
    const isDefault = text === "" || (name === "sort" && text === "newest");
    if (!isDefault) params.set(name, text);
  }
  return params.toString();
}
