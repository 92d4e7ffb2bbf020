import { describeEndedReason } from "@/lib/calls/ended-reason";
import { percentile } from "@/lib/calls/turns";
import { formatCount, formatSeconds } from "@/lib/format";
import type { Condition, ConditionKind, ConditionOf } from "@/lib/rules/condition";
import { type Delivered, isBy, mayComplete, mayEnd, mayHoldData } from "@/lib/rules/delivered";
import { type Passage, type RuleFacts, saidAt } from "@/lib/rules/facts";
import { toMatcher } from "@/lib/rules/phrases";
import { findSensitive, sensitiveLabels } from "@/lib/rules/sensitive-data";
import { complement, intersect, since, type TimeSpan, unite } from "@/lib/rules/spans";

/** One kind of condition: its label, when it holds, and which events may make it true. */
interface Kind<K extends ConditionKind> {
  label: string;
  /** Puts a condition into words, following "Fires when". */
  describe: (condition: ConditionOf<K>) => string;
  find: (condition: ConditionOf<K>, facts: RuleFacts) => TimeSpan[];
  mayFire: (condition: ConditionOf<K>, delivered: Delivered) => boolean;
}

const mostQuoted = 160;

const speakerLabels = {
  user: "the caller says",
  assistant: "the assistant says",
  any: "anyone says",
} as const;
const dataBy = { user: "the caller gives", assistant: "the assistant gives", any: "anyone gives" } as const;

const kinds: { readonly [K in ConditionKind]: Kind<K> } = {
  phrase: {
    label: "Phrase",
    describe: ({ speaker, phrase, match }) =>
      `${speakerLabels[speaker]} ${{ words: "the words", exact: "exactly", pattern: "the pattern" }[match]} “${phrase}”`,
    find: (condition, facts) => {
      const matcher = toMatcher(condition);
      for (const passage of facts.passages) {
        if (condition.speaker !== "any" && condition.speaker !== passage.role) continue;
        const match = matcher.find(passage);
        if (match) return [since(saidAt(passage, match.end), quote(passage, match))];
      }
      return [];
    },
    mayFire: (condition, { said }) =>
      said.some((each) => isBy(condition, each) && mayComplete(toMatcher(condition), each)),
  },
  "sensitive-data": {
    label: "Sensitive data",
    describe: ({ speaker, data }) =>
      `${dataBy[speaker]} ${data.map((each) => sensitiveLabels[each]).join(", ")}`,
    find: ({ speaker, data }, { passages }) => {
      for (const passage of passages) {
        if (speaker !== "any" && speaker !== passage.role) continue;
        const [found] = findSensitive(passage.text, data);
        // Not the data itself: evidence is shown where a call's words are not.
        if (found) return [since(saidAt(passage, found.end), sensitiveLabels[found.kind])];
      }
      return [];
    },
    mayFire: (condition, { said }) =>
      said.some((each) => isBy(condition, each) && mayHoldData(condition.data, each)),
  },
  "tool-failing": {
    label: "Tool failing",
    describe: ({ tool, failures, of }) =>
      `${failures} of the last ${formatCount(of, "call")} of ${tool ?? "a tool"} failed`,
    find: findFailingTools,
    mayFire: (_, { hasTools, isEnd }) => hasTools || isEnd,
  },
  "no-answer": {
    label: "No answer",
    describe: ({ seconds }) => `the caller waits ${seconds} s for an answer`,
    find: ({ seconds }, { silences, answerAfter, endedAt }) =>
      silences
        .filter(({ since, until, after }) => after === "user" && until - since >= seconds * 1_000)
        .map(({ since }) => lasting(since, seconds, answerAfter(since), endedAt)),
    mayFire: ({ seconds }, { quietMs }) => quietMs >= seconds * 1_000,
  },
  silence: {
    label: "Silence",
    describe: ({ seconds }) => `it is silent for ${seconds} s`,
    find: ({ seconds }, { silences, endedAt }) =>
      silences
        .filter(({ since, until }) => until - since >= seconds * 1_000)
        .map(({ since, until, isBroken }) => lasting(since, seconds, isBroken ? until : endedAt, endedAt)),
    mayFire: ({ seconds }, { quietMs }) => quietMs >= seconds * 1_000,
  },
  interruptions: {
    label: "Interruptions",
    describe: ({ count }) => `the assistant was interrupted ${formatCount(count, "time")}`,
    find: ({ count }, { marks }) => {
      const times = marks
        .filter(({ kind }) => kind === "interrupted")
        .map(({ id, at }) => [id, Date.parse(at)] as const);
      const at = [...new Map(times).values()].sort((a, b) => a - b)[count - 1];
      return at === undefined ? [] : [since(at, formatCount(count, "interruption"))];
    },
    mayFire: (_, { isInterruption }) => isInterruption,
  },
  length: {
    label: "Call length",
    describe: ({ seconds }) => `the call lasts ${formatSeconds(seconds * 1_000)}`,
    find: ({ seconds }, { startedAt, endedAt, now, heard }) => {
      const at = startedAt + seconds * 1_000;
      if (heard.startedAt === null || at > (endedAt ?? now)) return [];
      return [since(at, `Call longer than ${formatSeconds(seconds * 1_000)}`)];
    },
    mayFire: ({ seconds }, { ageMs }) => ageMs >= seconds * 1_000,
  },
  cost: {
    label: "Cost",
    describe: ({ usd }) => `the call costs $${usd} or more`,
    find: ({ usd }, { call, endedAt, lastEventAt }) =>
      call.costUsd === null || call.costUsd < usd
        ? []
        : [since(endedAt ?? Date.parse(lastEventAt), `Cost $${call.costUsd.toFixed(2)}`)],
    mayFire: (_, { isEnd }) => isEnd,
  },
  "response-time": {
    label: "Response time",
    describe: ({ seconds, percentile }) =>
      `${percentile === 100 ? "a response takes" : percentile === 50 ? "the median response takes" : "the p95 response takes"} ${seconds} s`,
    find: findSlowReplies,
    mayFire: (_, { isSpeech }) => isSpeech,
  },
  "end-reason": {
    label: "End reason",
    describe: ({ reasons, groups }) => `the call ends with ${[...reasons, ...groups].join(", ")}`,
    find: ({ reasons, groups }, { call: { endedReason }, endedAt }) => {
      if (endedReason === null || endedAt === null) return [];
      const { group, words } = describeEndedReason(endedReason);
      const isOne = reasons.some((reason) => matchesReason(endedReason, reason));
      return isOne || (group !== null && groups.includes(group)) ? [since(endedAt, words)] : [];
    },
    mayFire: (_, { isEnd }) => isEnd,
  },
  threat: {
    label: "Threat",
    describe: () => "Vapi detects a threat in what was said",
    find: (_, { lines }) => {
      const found = lines.find(({ filter }) => filter && filter.threats.length > 0);
      return found
        ? [since(Date.parse(found.endedAt ?? found.at), found.filter?.threats.join(", ") ?? null)]
        : [];
    },
    mayFire: (_, { hasThreats }) => hasThreats,
  },
  and: {
    label: "All of",
    describe: ({ of }) => of.map(describePart).join(" and "),
    find: ({ of }, facts) => of.map((each) => findSpans(each, facts)).reduce((a, b) => intersect(a, b)),
    mayFire: ({ of }, delivered) => {
      // A group of only negated conditions holds from the start, so it becomes true with the others, or when what it negates
      // ends.
      const hasOwn = of.some(({ kind }) => kind !== "not");
      return of.some((each) =>
        each.kind === "not" && hasOwn ? mayEnd(each.of, delivered) : mayFire(each, delivered),
      );
    },
  },
  or: {
    label: "Any of",
    describe: ({ of }) => of.map(describePart).join(" or "),
    find: ({ of }, facts) => unite(of.flatMap((each) => findSpans(each, facts))),
    mayFire: ({ of }, delivered) => of.some((each) => mayFire(each, delivered)),
  },
  not: {
    label: "Not",
    describe: ({ of }) => `not (${describeCondition(of)})`,
    find: ({ of }, facts) => complement(findSpans(of, facts), facts.startedAt),
    // Holds from the start of the call, so any event may be the first to show it.
    mayFire: () => true,
  },
};

/** The only cast from a condition to its kind: the compiler cannot follow the key through the union. */
function kindOf<C extends Condition>(condition: C): Kind<C["kind"]> {
  return kinds[condition.kind] as Kind<C["kind"]>;
}

/** Returns when a condition holds in a call, ascending. Pure: used for live calls and back-tests. */
export function findSpans(condition: Condition, facts: RuleFacts): TimeSpan[] {
  return kindOf(condition).find(condition as never, facts);
}

/** Whether an event may make a condition true; true if only the call's facts can decide. */
export function mayFire(condition: Condition, delivered: Delivered): boolean {
  return kindOf(condition).mayFire(condition as never, delivered);
}

export function describeCondition(condition: Condition): string {
  return kindOf(condition).describe(condition as never);
}

function describePart(condition: Condition): string {
  const words = describeCondition(condition);
  return condition.kind === "and" || condition.kind === "or" ? `(${words})` : words;
}

export const conditionLabels: Readonly<Record<ConditionKind, string>> = {
  phrase: kinds.phrase.label,
  "sensitive-data": kinds["sensitive-data"].label,
  "tool-failing": kinds["tool-failing"].label,
  "no-answer": kinds["no-answer"].label,
  silence: kinds.silence.label,
  interruptions: kinds.interruptions.label,
  length: kinds.length.label,
  cost: kinds.cost.label,
  "response-time": kinds["response-time"].label,
  "end-reason": kinds["end-reason"].label,
  threat: kinds.threat.label,
  and: kinds.and.label,
  or: kinds.or.label,
  not: kinds.not.label,
};

function quote({ text }: Passage, { start, end }: { start: number; end: number }): string {
  const room = Math.max(0, Math.floor((mostQuoted - (end - start)) / 2));
  const shown = text.slice(Math.max(0, start - room), Math.max(0, start - room) + mostQuoted).toWellFormed();
  return `${start > room ? "…" : ""}${shown}${start - room + mostQuoted < text.length ? "…" : ""}`;
}

/** Returns the span of a silence, from `seconds` after its start until it is broken or the call ends. */
function lasting(since: number, seconds: number, until: number | null, endedAt: number | null): TimeSpan {
  const from = since + seconds * 1_000;
  return { from, until: until ?? endedAt, sign: { at: from, text: `${seconds} s` } };
}

function matchesReason(code: string, reason: string): boolean {
  return reason.endsWith("*") ? code.startsWith(reason.slice(0, -1)) : code === reason;
}

function findFailingTools(
  { tool, failures, of }: ConditionOf<"tool-failing">,
  { toolCalls }: RuleFacts,
): TimeSpan[] {
  const answered = toolCalls
    .filter(({ answeredAt, name }) => answeredAt !== null && (tool === null || name === tool))
    .map(({ name, answeredAt, error }) => ({
      name,
      at: Date.parse(answeredAt ?? ""),
      isFailed: error !== null,
    }))
    .sort((a, b) => a.at - b.at);
  const names = [...new Set(answered.map(({ name }) => name))];
  return unite(
    names.flatMap((name) => {
      const own = answered.filter((each) => each.name === name);
      return toStretches(
        own.map(({ at }, index) => {
          const failed = own
            .slice(Math.max(0, index - of + 1), index + 1)
            .filter(({ isFailed }) => isFailed).length;
          return { at, holds: failed >= failures, text: `${name}: ${failed} of the last ${of} failed` };
        }),
      );
    }),
  );
}

/** With fewer responses than this, a single slow one would be the median. */
const fewestReplies = 3;

function findSlowReplies(
  { seconds, percentile: share }: ConditionOf<"response-time">,
  { replies }: RuleFacts,
): TimeSpan[] {
  return toStretches(
    replies.map(({ at }, index) => {
      const so = replies.slice(0, index + 1).map(({ ms }) => ms);
      const ms = percentile(so, share / 100) ?? 0;
      const isEnough = share === 100 || so.length >= fewestReplies;
      return {
        at: Date.parse(at),
        holds: isEnough && ms >= seconds * 1_000,
        text: `${share === 100 ? "Slowest response" : share === 50 ? "Median response" : "p95 response"} ${(ms / 1_000).toFixed(1)} s`,
      };
    }),
  );
}

/** Turns moments into spans: each from a moment at which it holds to the next at which it does not. */
function toStretches(moments: readonly { at: number; holds: boolean; text: string }[]): TimeSpan[] {
  const spans: TimeSpan[] = [];
  for (const { at, holds, text } of moments) {
    const last = spans.at(-1);
    const isOpen = last !== undefined && last.until === null;
    if (holds && !isOpen) spans.push(since(at, text));
    if (!holds && isOpen) last.until = at;
  }
  return spans;
}
