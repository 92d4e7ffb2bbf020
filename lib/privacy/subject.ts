import { z } from "zod";
import { toKnownNumber } from "@/lib/calls/known-number";
import { mostChosen } from "@/lib/reports/report-filter";

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
        error: "Write the whole number, with its country code.",
      })
      .refine((number) => toKnownNumber(number) !== null, {
        error: "This stands for withheld numbers, which belong to many people. Choose calls one by one.",
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
