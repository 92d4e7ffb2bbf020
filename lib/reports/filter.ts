import * as z from "zod";
import { endedGroups } from "@/lib/calls/ended-reason";
import { cutWanted, type WantedWords } from "@/lib/reports/cut-words";
import { isTimeZone } from "@/lib/settings/setting";

/** One thing a text must have, or (`isNegated`) must not. More than one word: next to each other, in this order. */
export interface TextTerm extends WantedWords {
  /** The words may stand apart: what was typed in groups of digits may be two numbers. */
  isLoose: boolean;
  isNegated: boolean;
}

/** More would be a text, not a search. */
const mostTerms = 12;
const mostWords = 40;

/** A phrase, digits in groups with spaces between them, or a word. */
const pieces =
  /(?<minus>-?)"(?<phrase>[^"]*)"?(?<star>\*?)|(?<=^|\s)(?<number>\+?\(?\d+(?:[ \u00A0().\-/]{1,4}\d+)+)(?=$|\s)|(?<word>[^\s"]+)/gu;

/**
 * What somebody typed → what to look for: `word`, `"a phrase"`, `begin*`, `-without`. There is no wrong input: what
 * means nothing is passed over, a quotation mark that is not closed closes at the end.
 */
export function parseTextQuery(input: string): TextTerm[] {
  return [...input.matchAll(pieces)]
    .flatMap(({ groups = {} }) => toTerms(groups))
    .filter(({ words }) => words.length > 0)
    .slice(0, mostTerms);
}

function toTerms({ minus, phrase, star, number, word = "" }: Record<string, string | undefined>): TextTerm[] {
  if (phrase !== undefined) return [toTerm(phrase, { isNegated: minus === "-", isPrefix: star === "*" })];
  if (number === undefined || !/\s/u.test(number)) return [toWord(number ?? word)];
  const whole = toTerm(number, {});
  // With fewer or more digits than a phone number has, they are words like any.
  return whole.numbers.length > 0 ? [{ ...whole, isLoose: true }] : number.split(/\s+/u).map(toWord);
}

function toWord(word: string): TextTerm {
  return toTerm(word, { isNegated: word.startsWith("-"), isPrefix: word.endsWith("*") });
}

function toTerm(typed: string, { isNegated = false, isPrefix = false }): TextTerm {
  const wanted = cutWanted(typed);
  return {
    words: wanted.words.slice(0, mostWords),
    numbers: wanted.numbers,
    isPrefix: wanted.isPrefix || isPrefix,
    isLoose: false,
    isNegated,
  };
}

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
    z.string().max(64).refine(isTimeZone, "That is no time zone.").default("UTC"),
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

/** When a day ("2026-10-25") begins in a zone; where midnight is skipped, when its first hour begins. */
export function toDayStart(day: string, zone: string): Date {
  const utc = Date.parse(`${day}T00:00:00Z`);
  const guess = utc - offsetAt(utc, zone);
  const start = utc - offsetAt(guess, zone);
  // Near a change of the clocks the first guess may lie on its other side: the earlier moment of that day is right.
  return new Date(start + offsetAt(start, zone) < utc ? guess : start);
}

/** How far a zone's clocks are ahead of UTC at a moment, ms. */
function offsetAt(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(new Date(at));
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  const local = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return local - Math.floor(at / 1000) * 1000;
}

/** The day after: where a range that includes its last day ends. */
export function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

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
