import { toKnownNumber } from "@/lib/calls/known-number";
import { cleanText } from "@/lib/clean-text";
import type { Conditions, FieldTest } from "@/lib/routing/conditions";
import { countryOf } from "@/lib/routing/country-of";
import { isWithin } from "@/lib/routing/is-within";
import { readField } from "@/lib/routing/read-field";
import type { RoutingRequest } from "@/lib/routing/routing-request";
import { toComparable } from "@/lib/routing/to-comparable";
import { wallClock } from "@/lib/routing/wall-clock";

/** What a rule is asked about, beside the rule itself. */
export interface Situation {
  request: RoutingRequest;
  /** Null where it could not be read in time: then no field is anything. */
  context: Record<string, unknown> | null;
  now: Date;
}

export interface Mismatch {
  condition: "called" | "caller" | "country" | "time" | "field";
  /** In words, for whoever wonders why. */
  why: string;
}

/** The first condition that does not hold, or null when all do. Pure. */
export function findMismatch(when: Conditions, situation: Situation): Mismatch | null {
  return (
    judgeCalled(when, situation) ??
    judgeCaller(when, situation) ??
    judgeCountry(when, situation) ??
    judgeTime(when, situation) ??
    judgeFields(when, situation)
  );
}

function judgeCalled({ called }: Conditions, { request }: Situation): Mismatch | null {
  if (called.length === 0) return null;
  const names = new Set(request.called.map(toComparable));
  if (called.some((number) => names.has(toComparable(number)))) return null;
  const was = request.called[0] ?? "a number that is not known";
  return { condition: "called", why: `${was} was called, which is not among its numbers` };
}

function judgeCaller({ callers }: Conditions, { request: { caller } }: Situation): Mismatch | null {
  const { numbers, prefixes, isWithheld } = callers;
  if (numbers.length === 0 && prefixes.length === 0 && !isWithheld) return null;
  if (caller === null) {
    // A listed "+266696687" or "sip:anonymous@…" asks for withheld numbers, too.
    const isListed = isWithheld || numbers.some((listed) => toKnownNumber(listed) === null);
    return isListed ? null : { condition: "caller", why: "the caller's number is withheld" };
  }
  const number = toComparable(caller);
  if (numbers.some((listed) => toComparable(listed) === number)) return null;
  if (prefixes.some((prefix) => number.startsWith(toComparable(prefix)))) return null;
  return { condition: "caller", why: `the caller ${caller} is not among its callers` };
}

function judgeCountry({ countries }: Conditions, { request: { caller } }: Situation): Mismatch | null {
  if (countries.length === 0) return null;
  const country = caller === null ? null : countryOf(caller);
  if (country !== null && countries.includes(country)) return null;
  const from =
    country === null ? "it cannot be told from where the caller is" : `the caller is from ${country}`;
  return { condition: "country", why: from };
}

function judgeTime({ time }: Conditions, { now }: Situation): Mismatch | null {
  if (!time) return null;
  const clock = wallClock(now, time.zone);
  if (isWithin(clock, time)) return null;
  const day = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][
    clock.weekday - 1
  ];
  const hours = String(Math.floor(clock.minutes / 60)).padStart(2, "0");
  const minutes = String(clock.minutes % 60).padStart(2, "0");
  return { condition: "time", why: `it is ${day}, ${hours}:${minutes} in ${time.zone}` };
}

function judgeFields({ fields }: Conditions, { context }: Situation): Mismatch | null {
  const failed = fields.find((field) => !holds(field, context));
  if (!failed) return null;
  if (context === null) return { condition: "field", why: "the conversation's context is not known" };
  const found = readField(context, failed.path);
  const is = found === undefined ? "is not set" : `is ${cleanText(toText(found), 100)}`;
  return { condition: "field", why: `${failed.path} ${is}` };
}

function holds({ path, test, value }: FieldTest, context: Situation["context"]): boolean {
  if (context === null) return false;
  const found = readField(context, path);
  const isSet = found !== undefined && found !== null && found !== "";
  if (test === "is-set") return isSet;
  if (test === "is-not-set") return !isSet;
  return (isSet && toText(found) === value) === (test === "is");
}

function toText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
