import { type SQL, sql } from "drizzle-orm";
import { replyBins } from "@/lib/analytics/figures";

const counts = ["calls", "costed", "hung", "transferred", "measured", "assistant_turns", "interruptions"];
const times = ["duration_ms", "measured_ms", "user_ms", "assistant_ms", "silent_ms"];
const bins = Array.from({ length: replyBins }, (_, index) => `sum(replies[${index + 1}])`);

/** The measures' columns, bare: the order of `summedMeasures`. */
export const measureNames: SQL = sql.raw([...counts, ...times, "cost_usd", "replies"].join(", "));

/** The same columns added up over a group. */
export const summedMeasures: SQL = sql.raw(
  [
    ...counts.map((name) => `sum(${name})::integer as ${name}`),
    ...times.map((name) => `sum(${name})::bigint as ${name}`),
    "sum(cost_usd) as cost_usd",
    `array[${bins.join(", ")}]::integer[] as replies`,
  ].join(", "),
);

/** They again as one JSON object in the shape of lib/analytics/measures.ts. */
export const measuresAsJson: SQL = sql.raw(
  `jsonb_build_object(${[
    ...[...counts, ...times].map((name) => `'${camel(name)}', coalesce(sum(${name}), 0)`),
    "'costUsd', coalesce(sum(cost_usd), 0)",
    `'replies', array[${bins.map((bin) => `coalesce(${bin}, 0)`).join(", ")}]`,
  ].join(", ")})`,
);

function camel(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
