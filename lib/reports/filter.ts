import * as z from "zod";
import { endedGroupLabels, endedGroups } from "@/lib/calls/ended-reason";
import { periodNames } from "@/lib/periods";
import { zoneSchema } from "@/lib/zones";

/** What the archive can be narrowed by: what its calls have. */
export const reportFacetsSchema = z.object({
  assistants: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Ours. */
  numbers: z.array(z.string()),
  tags: z.array(z.string()),
});

export type ReportFacets = z.infer<typeof reportFacetsSchema>;

export const reportSorts = ["newest", "oldest", "longest", "costliest"] as const;

export type ReportSort = (typeof reportSorts)[number];

const blankAsAbsent = (value: unknown) => (value === "" ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankAsAbsent, schema.optional());

const listOf = <T extends z.ZodType>(item: T, most: number) =>
  z.preprocess(
    (value) => (typeof value === "string" ? value.split(",").filter((each) => each !== "") : value),
    z.array(item).min(1).max(most),
  );

/** Postgres takes no text with a NUL in it. */
const words = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^[^\0]*$/, "Text must not contain NUL.");

/** As many as one request can name: their ids have to fit into a URL. */
export const mostChosen = 200;

/** As many of those that fit a filter as can be chosen on the page at once, to be tagged or deleted in so many requests. */
export const mostAtOnce = 10_000;

const scores = ["none", "1", "2", "3", "4", "5"] as const;

const amount = z.coerce.number().min(0).max(1e9);

const weekdays = ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"];
const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, "0")}:00`);

/** One of a few, by the words they are chosen by. */
function choice<const Value extends string>(options: Readonly<Record<Value, string>>) {
  return { options, schema: z.enum(Object.keys(options) as [Value, ...Value[]]) };
}

/** One of the numbers from `first` on. */
function numbered(first: number, names: readonly string[]) {
  const options = Object.fromEntries(names.map((name, index) => [first + index, name]));
  const last = first + names.length - 1;
  return { options, schema: z.coerce.number().int().min(first).max(last) };
}

/**
 * Every filter of the archive, in the order they stand in a URL. All else follows: the API's schema, the page's URL, a saved
 * filter's text, and for one with `label` its chip. Its condition stands in db/queries/reports/conditions.ts, and the compiler
 * asks for it.
 */
export const reportFilters = {
  /** `word`, `"a phrase"`, `begin*`, `-without`: see parseTextQuery. */
  q: { schema: words(200) },
  /** By its name, so that "Last 7 days" are other days tomorrow. */
  period: { schema: z.enum(periodNames) },
  /** Days are whole days of the zone, both included. */
  from: { schema: z.iso.date() },
  to: { schema: z.iso.date() },
  zone: { schema: zoneSchema },
  /** The assistant's id, or its name where it has none. */
  assistant: { schema: words(200), label: "Assistant" },
  /** Of that assistant. */
  version: { schema: words(100), label: "Version" },
  /** The number of ours. */
  number: { schema: words(200), label: "Our number" },
  /** Any of them. */
  group: {
    schema: listOf(z.enum(endedGroups), endedGroups.length),
    label: "Outcome",
    options: endedGroupLabels,
  },
  /** Vapi's own code. */
  reason: { schema: words(200), label: "End reason" },
  /** By the clock of the zone; 1 is Monday. */
  weekday: { ...numbered(1, weekdays), label: "Weekday" },
  hour: { ...numbered(0, hours), label: "Hour of the day" },
  minSeconds: { schema: amount, label: "Length" },
  maxSeconds: { schema: amount },
  minCost: { schema: amount, label: "Cost" },
  maxCost: { schema: amount },
  success: {
    ...choice({ yes: "Successful", no: "Unsuccessful", unknown: "Not evaluated" }),
    label: "Success",
  },
  hang: { ...choice({ yes: "With a hang", no: "Without hangs" }), label: "Hangs" },
  /** All of them. */
  tag: { schema: listOf(words(40), 20), label: "Tag" },
  /** Any of them. */
  score: { schema: listOf(z.enum(scores), scores.length), label: "Score" },
} as const;

export type ReportFilterName = keyof typeof reportFilters;

type OptionalOf<T extends z.ZodType> = ReturnType<typeof optional<T>>;
type FilterShape = { [Name in ReportFilterName]: OptionalOf<(typeof reportFilters)[Name]["schema"]> };

const shape = Object.fromEntries(
  Object.entries(reportFilters).map(([name, { schema }]) => [name, optional(schema)]),
) as FilterShape;

/** Which calls of the archive are asked for, as the page's URL and the API say it. Lists are separated by commas. */
export const reportFilterSchema = z.object({
  ...shape,
  zone: z.preprocess(blankAsAbsent, zoneSchema.default("UTC")),
  /** By scripts only: certain calls. */
  ids: optional(listOf(words(200), mostChosen)),
});

export type ReportFilter = z.infer<typeof reportFilterSchema>;

/** `newest_1767524032688_019b88a4-…`: by what the list is sorted, and the last call of the page before. */
const cursorSchema = z
  .string()
  .max(300)
  .regex(/^(newest|oldest|longest|costliest)_-?[\d.e+-]+_[^\0]+$/, "Unknown cursor.")
  .transform((cursor) => {
    const [sort = "", value = ""] = cursor.split("_", 2);
    return { sort, value: Number(value), id: cursor.slice(sort.length + value.length + 2) };
  })
  .refine(({ value }) => Number.isFinite(value) && Math.abs(value) < 8e15, "Unknown cursor.");

export const reportQuerySchema = reportFilterSchema
  .extend({
    sort: z.preprocess(blankAsAbsent, z.enum(reportSorts).default("newest")),
    cursor: optional(cursorSchema),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  })
  .refine(({ sort, cursor }) => !cursor || cursor.sort === sort, "This cursor belongs to another order.");

export type ReportQuery = z.infer<typeof reportQuerySchema>;

/** A filter's value as it stands in a URL. */
export function filterText(value: unknown): string {
  return Array.isArray(value) ? value.join(",") : String(value ?? "");
}

/** A filter as one text, always the same for the same filter: what the API is asked with, and what a view keeps. */
export function toReportParams(values: Partial<Record<ReportFilterName | "sort", unknown>>): string {
  const params = new URLSearchParams();
  for (const name of [...Object.keys(reportFilters), "sort"] as (ReportFilterName | "sort")[]) {
    const text = filterText(values[name]);
    const isDefault = text === "" || (name === "sort" && text === "newest");
    if (!isDefault) params.set(name, text);
  }
  return params.toString();
}
