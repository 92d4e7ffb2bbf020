import { z } from "zod";
import { isZone } from "@/lib/is-zone";

const number = z
  .string()
  .trim()
  .max(200)
  .regex(/\d|^sip:/i, "A number has digits.");
const numbers = (most: number) => z.array(number).max(most, `At most ${most} numbers.`).default([]);
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time is written like 09:30.");

/** By whom: any of these is enough. */
const callersSchema = z.strictObject({
  /** Whole numbers, or `sip:` addresses. */
  numbers: numbers(5_000),
  /** How a number begins, with its country code: +4930. */
  prefixes: numbers(500),
  /** True for calls that show no number. */
  isWithheld: z.boolean().default(false),
});

/** A window of local time. From later to earlier goes over midnight, and belongs to the day it began on. */
const timeSchema = z.strictObject({
  zone: z.string().max(100).refine(isZone, "This is no time zone. One is written like Europe/Berlin."),
  /** ISO: 1 is Monday, 7 is Sunday. */
  weekdays: z.array(z.int().min(1).max(7)).min(1, "Choose at least one weekday.").max(7),
  /** Included. The same as `to`: the whole day. */
  from: clockTime,
  /** Not included. */
  to: clockTime,
});

/** Something in the conversation's context; `path` has a dot between keys: `customer.tier`. */
const fieldSchema = z
  .strictObject({
    path: z.string().trim().min(1, "Name the field of the context.").max(200),
    test: z.enum(["is", "is-not", "is-set", "is-not-set"]),
    /** Compared as text, whatever the kind of the value. */
    value: z.string().max(500).default(""),
  })
  .refine(({ test, value }) => test.endsWith("set") || value !== "", {
    path: ["value"],
    error: "Say which value the field is compared with.",
  });

/** When a rule matches: everything named must hold, and what is empty is not asked about. */
export const conditionsSchema = z.strictObject({
  /** The called number (or SIP address, or Vapi's id of it) is one of these. */
  called: numbers(500),
  callers: callersSchema.prefault({}),
  /** Where the caller's number is from, ISO 3166-1: DE. */
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/, "A country has two letters: DE, US."))
    .max(250)
    .default([]),
  time: timeSchema.nullable().default(null),
  fields: z.array(fieldSchema).max(10).default([]),
});

export type Conditions = z.infer<typeof conditionsSchema>;
export type TimeWindow = z.infer<typeof timeSchema>;
export type FieldTest = z.infer<typeof fieldSchema>;
