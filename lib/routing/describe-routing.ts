import type { Source } from "@/lib/routing/choose-answer";
import type { TimeWindow } from "@/lib/routing/clock";
import type { Answer, Conditions, FieldTest } from "@/lib/routing/routing";

/** Describes who takes the call. `nameOf` returns the name of an id, if known. */
export function describeAnswer(answer: Answer, nameOf: (id: string) => string = (id) => id): string {
  switch (answer.kind) {
    case "assistant-id":
      return `assistant ${nameOf(answer.assistantId)}`;
    case "assistant":
      return `an inline assistant${answer.assistant.name ? `, ${answer.assistant.name}` : ""}`;
    case "squad-id":
      return `squad ${nameOf(answer.squadId)}`;
    case "squad":
      return `an inline squad, ${answer.squad.members.length} members`;
    case "workflow-id":
      return `workflow ${answer.workflowId}`;
    case "number":
      return `a transfer to ${answer.number}${answer.extension ? `, extension ${answer.extension}` : ""}`;
    case "sip":
      return `a transfer to ${answer.sipUri}`;
    case "error":
      return `no assistant; the caller hears “${answer.error}”`;
  }
}

const shownNumbers = 3;

/** Describes when a rule matches: "Calls to +1 555 …, from Germany, Mon–Fri 09:00–17:00 (Europe/Berlin)". */
export function describeConditions({ called, callers, countries, time, fields }: Conditions): string {
  const parts = [
    called.length > 0 && `to ${listSome(called)}`,
    describeCallers(callers),
    countries.length > 0 && `from ${listSome(countries.map(countryName))}`,
    time && describeTime(time),
    ...fields.map(describeField),
  ].filter((part) => typeof part === "string");
  return parts.length === 0 ? "Every call" : `Calls ${parts.join(", ")}`;
}

function describeCallers({ numbers, prefixes, isWithheld }: Conditions["callers"]): string | null {
  const ways = [
    numbers.length > 0 && listSome(numbers),
    prefixes.length > 0 && `numbers starting with ${listSome(prefixes)}`,
    isWithheld && "a withheld number",
  ].filter((way) => typeof way === "string");
  return ways.length === 0 ? null : `from ${ways.join(" or ")}`;
}

const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

export function describeTime({ zone, weekdays, from, to }: TimeWindow): string {
  const hours = from === to ? "all day" : `${from}–${to}${from > to ? " the next day" : ""}`;
  return `${describeDays(weekdays)} ${hours} (${zone})`;
}

function describeDays(weekdays: readonly number[]): string {
  const sorted = [...new Set(weekdays)].sort((a, b) => a - b);
  const first = sorted[0] ?? 1;
  const last = sorted.at(-1) ?? first;
  if (sorted.length === 7) return "every day";
  if (sorted.length > 2 && last - first === sorted.length - 1) return `${nameOf(first)}–${nameOf(last)}`;
  return sorted.map(nameOf).join(", ");
}

const nameOf = (day: number) => days[day - 1] ?? "";

function describeField({ path, test, value }: FieldTest): string {
  const tests = {
    is: `is “${value}”`,
    "is-not": `is not “${value}”`,
    "is-set": "is set",
    "is-not-set": "is not set",
  };
  return `when ${path} ${tests[test]}`;
}

function listSome(names: readonly string[]): string {
  const shown = names.slice(0, shownNumbers).join(", ");
  return names.length > shownNumbers ? `${shown} and ${names.length - shownNumbers} more` : shown;
}

const countryNames = new Intl.DisplayNames("en", { type: "region" });
const countryName = (code: string) => countryNames.of(code) ?? code;

/** Labels for who answered a call. */
export const sourceLabels = {
  conversation: "The conversation's own answer",
  rule: "A rule",
  default: "The default",
  fallback: "FALLBACK_ASSISTANT_ID",
  apology: "A spoken apology",
} as const satisfies Record<Source, string>;
