import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { toKnownNumber } from "@/lib/calls/known-number";
import { cleanText } from "@/lib/clean-text";
import { conversationAnswerSchema } from "@/lib/conversations/conversation";
import { isWithin } from "@/lib/routing/clock";
import { toReply } from "@/lib/routing/reply";
import type {
  Answer,
  Conditions,
  FieldTest,
  Routing,
  RoutingReply,
  RoutingRequest,
} from "@/lib/routing/routing";
import { wallClock } from "@/lib/zone-time";

/** Cached, because every rule asks about the same caller and this is the slowest part of a rule. */
let last: { number: string; country: string | null } | null = null;

/** Returns a number's country, ISO 3166-1 (`DE`); null if it has none: withheld, invalid, or not assigned to a single country. */
export function countryOf(number: string): string | null {
  if (last?.number !== number) last = { number, country: find(number) };
  return last.country;
}

function find(number: string): string | null {
  const written = number.trim().replace(/^00/, "+");
  const parsed = parsePhoneNumberFromString(written.startsWith("+") ? written : `+${written}`);
  return parsed?.country ?? null;
}

/** Returns the value in a context at a path such as `customer.tier`, or undefined. Arrays are read by index. */
function readField(context: unknown, path: string): unknown {
  let value = context;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.entries(value).find(([name]) => name === key)?.[1];
  }
  return value;
}

/**
 * Normalizes a number, so that all spellings of it compare equal: digits only, without a leading `00`. SIP addresses
 * and ids are compared in lower case, without port and parameters.
 */
export function toComparable(number: string): string {
  const text = number.trim().toLowerCase();
  if (/^sips?:/.test(text)) {
    const [address = ""] = text.replace(/^sips:/, "sip:").split(/[;?]/);
    return address.replace(/:\d{1,5}$/, "");
  }
  if (/[a-z]/.test(text)) return text;
  return text.replace(/^\+?00/, "").replace(/\D/g, "");
}

/** Everything besides the rule itself that decides whether it matches. */
export interface Situation {
  request: RoutingRequest;
  /** Null if it could not be read in time; then no field condition holds. */
  context: Record<string, unknown> | null;
  now: Date;
}

interface Mismatch {
  condition: "called" | "caller" | "country" | "time" | "field";
  /** The reason, in words. */
  why: string;
}

/** Returns the first condition that does not hold, or null if all hold. Pure. */
export function findMismatch(when: Conditions, situation: Situation): Mismatch | null {
  return (
    checkCalled(when, situation) ??
    checkCaller(when, situation) ??
    checkCountry(when, situation) ??
    checkTime(when, situation) ??
    checkFields(when, situation)
  );
}

function checkCalled({ called }: Conditions, { request }: Situation): Mismatch | null {
  if (called.length === 0) return null;
  const names = new Set(request.called.map(toComparable));
  if (called.some((number) => names.has(toComparable(number)))) return null;
  const was = request.called[0] ?? "an unknown number";
  return { condition: "called", why: `${was} was called, which is not among its numbers` };
}

function checkCaller({ callers }: Conditions, { request: { caller } }: Situation): Mismatch | null {
  const { numbers, prefixes, isWithheld } = callers;
  if (numbers.length === 0 && prefixes.length === 0 && !isWithheld) return null;
  if (caller === null) {
    // A listed "+266696687" or "sip:anonymous@…" also matches withheld numbers.
    const isListed = isWithheld || numbers.some((listed) => toKnownNumber(listed) === null);
    return isListed ? null : { condition: "caller", why: "the caller's number is withheld" };
  }
  const number = toComparable(caller);
  if (numbers.some((listed) => toComparable(listed) === number)) return null;
  if (prefixes.some((prefix) => number.startsWith(toComparable(prefix)))) return null;
  return { condition: "caller", why: `the caller ${caller} is not among its callers` };
}

function checkCountry({ countries }: Conditions, { request: { caller } }: Situation): Mismatch | null {
  if (countries.length === 0) return null;
  const country = caller === null ? null : countryOf(caller);
  if (country !== null && countries.includes(country)) return null;
  const from = country === null ? "the caller's country is unknown" : `the caller is from ${country}`;
  return { condition: "country", why: from };
}

function checkTime({ time }: Conditions, { now }: Situation): Mismatch | null {
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

function checkFields({ fields }: Conditions, { context }: Situation): Mismatch | null {
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

export type Source = "conversation" | "rule" | "default" | "fallback" | "apology";

/** Outcome of one rule. "outranked": it matches, but an earlier answer applies. */
export interface Finding {
  ruleId: string;
  name: string;
  outcome: "answers" | "outranked" | "failed" | "disabled";
  mismatch: Mismatch | null;
}

export interface Decision {
  reply: RoutingReply;
  source: Source;
  /** The rule that answers, if any. */
  rule: { id: string; name: string } | null;
  findings: Finding[];
  /** Further remarks, such as an answer that had to be skipped. */
  remarks: string[];
}

export interface Choice extends Situation {
  /** Null if the rules could not be read. */
  routing: Routing | null;
  /** The conversation's own answer as stored; null or undefined if it has none. */
  ownAnswer: unknown;
  fallbackAssistantId: string | undefined;
}

const apology = "We are sorry, we cannot take your call right now. Please try again later.";

/**
 * Decides who takes a call, and why: the conversation's own answer, else the first matching rule, else the default,
 * else FALLBACK_ASSISTANT_ID, else a spoken apology. Pure, and used both for calls and for dry runs.
 */
export function chooseAnswer(choice: Choice): Decision {
  const remarks: string[] = [];
  if (choice.routing === null) remarks.push("The rules could not be read.");
  if (choice.context === null) remarks.push("The conversation's context could not be read.");
  const own = readOwn(choice.ownAnswer, remarks);
  const findings = checkRules(choice, own !== null);
  const answering = findings.find(({ outcome }) => outcome === "answers");
  const rule = choice.routing?.rules.find(({ id }) => id === answering?.ruleId);

  const decide = (source: Source, reply: RoutingReply): Decision => ({
    source,
    reply,
    rule: rule ? { id: rule.id, name: rule.name } : null,
    findings,
    remarks,
  });
  const context = choice.context ?? {};
  if (own) return decide("conversation", toReply(own, context));
  if (rule) return decide("rule", toReply(rule.answer, context));
  if (choice.routing?.defaultAnswer) return decide("default", toReply(choice.routing.defaultAnswer, context));
  if (choice.fallbackAssistantId) {
    const fallback = { kind: "assistant-id", assistantId: choice.fallbackAssistantId } as const;
    return decide("fallback", toReply(fallback, context));
  }
  return decide("apology", { error: apology });
}

function readOwn(stored: unknown, remarks: string[]): Answer | null {
  if (stored === null || stored === undefined) return null;
  const parsed = conversationAnswerSchema.safeParse(stored);
  if (!parsed.success) remarks.push("The conversation's own answer is not valid for Vapi and was skipped.");
  return parsed.data ? { kind: "assistant-id", assistantId: parsed.data.assistantId } : null;
}

function checkRules({ routing, ...situation }: Choice, isAnswered: boolean): Finding[] {
  let hasAnswer = isAnswered;
  return (routing?.rules ?? []).map(({ id, name, isEnabled, when }): Finding => {
    const found = { ruleId: id, name, mismatch: null };
    if (!isEnabled) return { ...found, outcome: "disabled" };
    const mismatch = findMismatch(when, situation);
    if (mismatch) return { ...found, outcome: "failed", mismatch };
    if (hasAnswer) return { ...found, outcome: "outranked" };
    hasAnswer = true;
    return { ...found, outcome: "answers" };
  });
}
