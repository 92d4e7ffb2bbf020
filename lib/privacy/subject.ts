import * as z from "zod";
import { toKnownNumber } from "@/lib/calls/known-number";
import { formatCount } from "@/lib/format";
import { mostChosen } from "@/lib/reports/filter";
import { defineSetting } from "@/lib/settings/setting";

/** Fewer digits could match many people. */
const minDigits = 5;

/**
 * The subject of a deletion: the caller with a number (in any spelling, or a SIP address), all callers of one
 * conversation, or the callers of selected calls.
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
  /** Calls selected one by one. */
  z.object({ kind: z.literal("calls"), ids: z.array(z.string().min(1).max(200)).min(1).max(mostChosen) }),
]);

export type Subject = z.infer<typeof subjectSchema>;

export function isSip(number: string): boolean {
  return number.includes("@");
}

export function digitsOf(number: string): string {
  return number.replace(/\D/g, "");
}

/** Returns the phrase to type before a deletion. It states the amount, so that no one deletes more than they have seen. */
export function deletionPhrase({ calls }: { calls: number }): string {
  return `delete ${formatCount(calls, "call")}`;
}

/** Whose data to delete, and the phrase typed to confirm it. */
export const deletionSchema = z.object({ subject: subjectSchema, confirmation: z.string().max(100) });

/** At least one day, so that no call in progress is ever too old; at most ten years. Null: kept until deleted. */
const days = z.number().int().min(1).max(3_650).nullable();

/** Days to keep each kind of data, counted from the start of the call (for events, from their receipt). */
export const retentionSchema = z.object({
  events: days,
  transcripts: days,
  recordings: days,
  personal: days,
});

export type Retention = z.infer<typeof retentionSchema>;
export type RetentionKind = keyof Retention;
/** Kinds of data removed from calls; events have their own retention. */
export type CallRetentionKind = Exclude<RetentionKind, "events">;

/** The event log grows fastest and serves debugging, so it expires by default. Everything else is a record and does not. */
export const retentionSetting = defineSetting("retention", retentionSchema, {
  events: 90,
  transcripts: null,
  recordings: null,
  personal: null,
});

const count = z.number().int();

/**
 * Amount of data about a subject. `live`: calls in progress, which are not deleted. `copies`: recordings in our own
 * storage, or about to be copied there.
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
