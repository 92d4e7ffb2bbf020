import * as z from "zod";
import { endedGroupLabels, endedGroups } from "@/lib/calls/ended-reason";
import { commaList } from "@/lib/http/comma-list";
import { periodNames } from "@/lib/periods";
import { daySchema, zoneSchema } from "@/lib/zones";

/** Values to filter the archive by, taken from its calls. */
export const reportFacetsSchema = z.object({
  assistants: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Our numbers. */
  numbers: z.array(z.string()),
  tags: z.array(z.string()),
});

export type ReportFacets = z.infer<typeof reportFacetsSchema>;

export const reportSorts = ["newest", "oldest", "longest", "costliest"] as const;

export type ReportSort = (typeof reportSorts)[number];

const blankAsAbsent = (value: unknown) => (value === "" ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankAsAbsent, schema.optional());

/** Postgres does not store text that contains NUL. */
const words = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^[^\0]*$/, "Text must not contain NUL.");

/** Maximum calls named in one request: their ids have to fit into a URL. */
export const mostChosen = 200;

/** Maximum matching calls selected on the page at once; they are tagged or deleted in several requests. */
export const mostAtOnce = 10_000;

const scores = ["none", "1", "2", "3", "4", "5"] as const;

const amount = z.coerce.number().min(0).max(1e9);

const weekdays = ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"];
const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, "0")}:00`);

/** A choice among values, with their labels. */
function choice<const Value extends string>(options: Readonly<Record<Value, string>>) {
  return { options, schema: z.enum(Object.keys(options) as [Value, ...Value[]]) };
}

/** A choice among consecutive numbers from `first` on, with their labels. */
function numbered(first: number, names: readonly string[]) {
  const options = Object.fromEntries(names.map((name, index) => [first + index, name]));
  const last = first + names.length - 1;
  return { options, schema: z.coerce.number().int().min(first).max(last) };
}

/**
 * Every filter of the archive, in URL order. The API's schema, the page's URL, a saved filter's text and, for filters
 * with a `label`, the chip follow from this. The condition is in db/queries/reports/conditions.ts; the compiler
 * requires one per filter.
 */
export const reportFilters = {
  /** `word`, `"a phrase"`, `begin*`, `-without`: see parseTextQuery. */
  q: { schema: words(200) },
  /** Stored by name, so "Last 7 days" moves with the date. */
  period: { schema: z.enum(periodNames) },
  /** `from` and `to` are whole days in `zone`, inclusive. */
  from: { schema: daySchema },
  to: { schema: daySchema },
  zone: { schema: zoneSchema },
  /** The assistant's id, or its name if it has none. */
  assistant: { schema: words(200), label: "Assistant" },
  /** A version of that assistant. */
  version: { schema: words(100), label: "Version" },
  number: { schema: words(200), label: "Our number" },
  /** Matches any of them. */
  group: {
    schema: commaList(z.enum(endedGroups), endedGroups.length),
    label: "Outcome",
    options: endedGroupLabels,
  },
  /** Vapi's own code. */
  reason: { schema: words(200), label: "End reason" },
  /** In local time of `zone`; 1 is Monday. */
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
  /** Matches calls that have all of them. */
  tag: { schema: commaList(words(40), 20), label: "Tag" },
  /** Matches any of them. */
  score: { schema: commaList(z.enum(scores), scores.length), label: "Score" },
} as const;

export type ReportFilterName = keyof typeof reportFilters;

type OptionalOf<T extends z.ZodType> = ReturnType<typeof optional<T>>;
type FilterShape = { [Name in ReportFilterName]: OptionalOf<(typeof reportFilters)[Name]["schema"]> };

const shape = Object.fromEntries(
  Object.entries(reportFilters).map(([name, { schema }]) => [name, optional(schema)]),
) as FilterShape;

/** A filter of the archive, as in the page's URL and in the API. Lists are separated by commas. */
export const reportFilterSchema = z.object({
  ...shape,
  zone: z.preprocess(blankAsAbsent, zoneSchema.default("UTC")),
  /** For scripts only: specific calls. */
  ids: optional(commaList(words(200), mostChosen)),
});

export type ReportFilter = z.infer<typeof reportFilterSchema>;

/** As epoch ms, within the years 69 to 3871; far more than any length or cost. */
const mostSortValue = 6e13;

/** `newest_1767524032688_019b88a4-…`: the sort, then the sort value and id of the previous page's last call. */
const cursorSchema = z
  .string()
  .max(300)
  .regex(/^(newest|oldest|longest|costliest)_-?[\d.e+-]+_[^\0]+$/, "Unknown cursor.")
  .transform((cursor) => {
    const [sort = "", value = ""] = cursor.split("_", 2);
    return { sort, value: Number(value), id: cursor.slice(sort.length + value.length + 2) };
  })
  .refine(({ value }) => Math.abs(value) < mostSortValue, "Unknown cursor.");

export const reportQuerySchema = reportFilterSchema
  .extend({
    sort: z.preprocess(blankAsAbsent, z.enum(reportSorts).default("newest")),
    cursor: optional(cursorSchema),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  })
  .refine(({ sort, cursor }) => !cursor || cursor.sort === sort, "This cursor belongs to another order.");

export type ReportQuery = z.infer<typeof reportQuerySchema>;

/** Returns a filter's value as in a URL. */
export function filterText(value: unknown): string {
  return Array.isArray(value) ? value.join(",") : String(value ?? "");
}

/** Serializes a filter for the API and for saved filters; equal filters give equal text. */
export function toReportParams(values: Partial<Record<ReportFilterName | "sort", unknown>>): string {
  const params = new URLSearchParams();
  for (const name of [...Object.keys(reportFilters), "sort"] as (ReportFilterName | "sort")[]) {
    const text = filterText(values[name]);
    const isDefault = text === "" || (name === "sort" && text === "newest");
    if (!isDefault) params.set(name, text);
  }
  return params.toString();
}
