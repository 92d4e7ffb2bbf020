import * as z from "zod";
import { toKnownNumber } from "@/lib/calls/known-number";
import { formatCount } from "@/lib/format";
import { mostChosen } from "@/lib/reports/filter";
import { defineSetting } from "@/lib/settings/setting";

/** Fewer digits could be anybody. */
const minDigits = 5;

/**
 * Whom "everything about this caller" is about: whoever calls from a number (written in any way, or a SIP address), or
 * all callers of one conversation, or of single calls.
 */
export const subjectSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("number"),
    number: z
      .string()
      .trim()
      .max(200)
      .refine((number) => isSip(number) || digitsOf(number).length >= minDigits, {
        error: "Enter the full number with its country code.",
      })
      .refine((number) => toKnownNumber(number) !== null, {
        error: "Withheld numbers belong to many people. Select calls one by one.",
      }),
  }),
  z.object({ kind: z.literal("conversation"), uuid: z.guid().toLowerCase() }),
  /** Calls that somebody has chosen one by one. */
  z.object({ kind: z.literal("calls"), ids: z.array(z.string().min(1).max(200)).min(1).max(mostChosen) }),
]);

export type Subject = z.infer<typeof subjectSchema>;

export function isSip(number: string): boolean {
  return number.includes("@");
}

export function digitsOf(number: string): string {
  return number.replace(/\D/g, "");
}

/** What has to be typed before anything is deleted: it says how much, so that nobody deletes what they have not seen. */
export function deletionPhrase({ calls }: { calls: number }): string {
  return `delete ${formatCount(calls, "call")}`;
}

/** Whose data is to be deleted, and what was typed to say that it is meant. */
export const deletionSchema = z.object({ subject: subjectSchema, confirmation: z.string().max(100) });

/** A day at least, so that no call still going on is ever old; ten years at most; null: kept until deleted. */
const days = z.number().int().min(1).max(3_650).nullable();

/** How many days what is kept, counted from the call's beginning (events: from their receipt). */
export const retentionSchema = z.object({
  events: days,
  transcripts: days,
  recordings: days,
  personal: days,
});

export type Retention = z.infer<typeof retentionSchema>;
export type RetentionKind = keyof Retention;
/** The kinds that are taken out of calls; events go by themselves. */
export type CallRetentionKind = Exclude<RetentionKind, "events">;

/** The event log is for finding faults and grows fastest; the rest is a record, and nobody is asked to lose theirs. */
export const retentionSetting = defineSetting("retention", retentionSchema, {
  events: 90,
  transcripts: null,
  recordings: null,
  personal: null,
});

const count = z.number().int();

/**
 * How much there is about a subject. `live`: calls that go on, and are left alone. `copies`: recordings that lie in our own storage,
 * or are about to.
 */
export const subjectCountsSchema = z.object({
  calls: count,
  live: count,
  lines: count,
  toolCalls: count,
  reports: count,
  alerts: count,
  copies: count,
  events: count,
});

export type SubjectCounts = z.infer<typeof subjectCountsSchema>;
