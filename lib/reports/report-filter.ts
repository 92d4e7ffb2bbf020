import { z } from "zod";
import { endedGroups } from "@/lib/calls/ended-reason";
import { isZone } from "@/lib/is-zone";

export const reportSorts = ["newest", "oldest", "longest", "costliest"] as const;

export type ReportSort = (typeof reportSorts)[number];

const blankAsAbsent = (value: unknown) => (value === "" ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankAsAbsent, schema.optional());

const listOf = <T extends z.ZodType>(item: T, most: number) =>
  optional(
    z.preprocess(
      (value) => (typeof value === "string" ? value.split(",").filter((each) => each !== "") : value),
      z.array(item).min(1).max(most),
    ),
  );

const amount = optional(z.coerce.number().min(0).max(1e9));
/** Postgres takes no text with a NUL in it. */
const words = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^[^\0]*$/, "A NUL is no text.");

/** As many as one request can name: their ids have to fit into a URL. */
export const mostChosen = 200;

/** As many of those that fit a filter as can be chosen on the page at once, to be tagged or deleted in so many requests. */
export const mostAtOnce = 10_000;

/**
 * Which calls of the archive are asked for, as the page's URL and the API say it. Days are whole days of the zone, both
 * included. Lists are separated by commas: any of the groups and scores, all of the tags.
 */
export const reportFilterSchema = z.object({
  /** `word`, `"a phrase"`, `begin*`, `-without`: see parseTextQuery. */
  q: optional(words(200)),
  from: optional(z.iso.date()),
  to: optional(z.iso.date()),
  zone: z.preprocess(
    blankAsAbsent,
    z.string().max(64).refine(isZone, "That is no time zone.").default("UTC"),
  ),
  /** The assistant's id, or its name where it has none. */
  assistant: optional(words(200)),
  /** The number of ours. */
  number: optional(words(200)),
  group: listOf(z.enum(endedGroups), endedGroups.length),
  /** Vapi's own code. */
  reason: optional(words(200)),
  /** By the clock of the zone; 1 is Monday. */
  weekday: optional(z.coerce.number().int().min(1).max(7)),
  hour: optional(z.coerce.number().int().min(0).max(23)),
  minSeconds: amount,
  maxSeconds: amount,
  minCost: amount,
  maxCost: amount,
  success: optional(z.enum(["yes", "no", "unknown"])),
  hang: optional(z.enum(["yes", "no"])),
  tag: listOf(words(40), 20),
  score: listOf(z.enum(["none", "1", "2", "3", "4", "5"]), 6),
  ids: listOf(words(200), mostChosen),
});

export type ReportFilter = z.infer<typeof reportFilterSchema>;

/** `newest_1767524032688_019b88a4-…`: by what the list is sorted, and the last call of the page before. */
const cursorSchema = z
  .string()
  .max(300)
  .regex(/^(newest|oldest|longest|costliest)_-?[\d.e+-]+_[^\0]+$/, "This cursor is not one of ours.")
  .transform((cursor) => {
    const [sort = "", value = ""] = cursor.split("_", 2);
    return { sort, value: Number(value), id: cursor.slice(sort.length + value.length + 2) };
  })
  .refine(({ value }) => Number.isFinite(value) && Math.abs(value) < 8e15, "This cursor is not one of ours.");

export const reportQuerySchema = reportFilterSchema
  .extend({
    sort: z.preprocess(blankAsAbsent, z.enum(reportSorts).default("newest")),
    cursor: optional(cursorSchema),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  })
  .refine(({ sort, cursor }) => !cursor || cursor.sort === sort, "This cursor belongs to another order.");

export type ReportQuery = z.infer<typeof reportQuerySchema>;
