import "server-only";
import { db } from "@/db/client";
import type { Delivery } from "@/db/queries/record/facts";
import { listEnabledRules, type ReadCall } from "@/db/queries/rules";
import type { CallRow } from "@/db/schema/calls";
import { quietMsBefore } from "@/lib/alerts/server/notice";
import { findDirection, isOver } from "@/lib/calls/call";
import { logRepeated } from "@/lib/log-repeated";
import { remembered } from "@/lib/remembered";
import type { Condition } from "@/lib/rules/condition";
import { mayFire } from "@/lib/rules/conditions";
import type { Delivered, NewlySaid } from "@/lib/rules/delivered";
import { isInScope } from "@/lib/rules/evaluate";
import { toMatcher, wordsOf } from "@/lib/rules/phrases";
import { conditionText, type StoredRule } from "@/lib/rules/rule";

const noRules: StoredRule[] = [];

const rulesInForce = remembered({
  load: () => listEnabledRules(db),
  freshMs: 5_000,
  usableMs: 60_000,
  fallback: () => noRules,
  onFailure: (cause) => logRepeated("warn", "the rules could not be read", { error: cause }),
});

/** The rules in force, at most a few seconds old. */
export const getRules = () => rulesInForce.get();

/** Drops the remembered rules. Call after a change. */
export function forgetRules(): void {
  rulesInForce.forget();
}

type Role = NewlySaid["role"];
type Facts = NonNullable<Delivery["facts"]>;

/** The words and digits of a call that rules need, complete up to this version of the call. */
interface SpokenWords {
  version: number;
  by: Readonly<Record<Role, { words: Set<string>; digits: number }>>;
}

/** Rules prepared for events. Rules that only certain words can fire are indexed by word, so other events cost nothing. */
interface Index {
  rules: readonly StoredRule[];
  /** The conditions the index was built from. */
  text: string;
  byWord: ReadonlyMap<string, readonly StoredRule[]>;
  others: readonly StoredRule[];
  /** Every word of every phrase. */
  vocabulary: ReadonlySet<string>;
  spoken: Map<string, SpokenWords>;
}

let index: Index | null = null;

/** Rebuilds the index only when a scope or condition changes: the words collected so far belong to its vocabulary. */
function indexOf(rules: readonly StoredRule[]): Index {
  if (index?.rules === rules) return index;
  const text = rules.map(conditionText).join();
  if (index?.text === text) return Object.assign(index, { rules });
  const byWord = new Map<string, StoredRule[]>();
  const others: StoredRule[] = [];
  const vocabulary = new Set<string>();
  for (const rule of rules) {
    const moving = movingWords(rule.when, vocabulary);
    if (moving === null) others.push(rule);
    for (const word of moving ?? []) byWord.set(word, [...(byWord.get(word) ?? []), rule]);
  }
  index = { rules, text, byWord, others, vocabulary, spoken: new Map() };
  return index;
}

/** Returns words of which one must be said for a condition to become true; null if something else may make it true. */
function movingWords(condition: Condition, vocabulary: Set<string>): Set<string> | null {
  switch (condition.kind) {
    case "phrase": {
      const { words } = toMatcher(condition);
      for (const word of words?.all ?? []) vocabulary.add(word);
      return words && new Set(words.last);
    }
    case "and":
    case "or": {
      const parts = condition.of.map((part) => movingWords(part, vocabulary));
      return parts.includes(null) ? null : new Set(parts.flatMap((part) => [...(part ?? [])]));
    }
    case "not":
      movingWords(condition.of, vocabulary);
      return null;
    default:
      return null;
  }
}

/** Whether an event may fire a rule. Decided from memory; true if only the database can tell. */
export function mayFireRules({ event, facts, isLogged }: Delivery, row: CallRow): boolean {
  if (!facts || !isLogged) return false;
  const rules = rulesInForce.peek();
  if (rules === null) return true;
  if (rules.length === 0) return false;
  const known = indexOf(rules);
  const said = addText(known, facts, row);
  // A report contains the whole call, so every rule is evaluated again.
  if (facts.report) return true;
  const delivered = toDelivered(said, facts, row, event.at);
  const call = { ...row, direction: findDirection(row.type) };
  const isMoved = (rule: StoredRule) => isInScope(rule.scope, call) && mayFire(rule.when, delivered);
  return (
    known.others.some(isMoved) ||
    said.some(({ words }) => [...words].some((word) => known.byWord.get(word)?.some(isMoved) ?? false))
  );
}

function toDelivered(said: NewlySaid[], facts: Facts, row: CallRow, at: Date): Delivered {
  const marks = facts.marks ?? [];
  return {
    said,
    hasTools: (facts.toolCalls?.length ?? 0) > 0,
    hasThreats: facts.lines?.some(({ filter }) => (filter?.threats.length ?? 0) > 0) ?? false,
    isInterruption: marks.some(({ kind }) => kind === "interrupted"),
    isSpeech: marks.some(({ kind }) => kind === "speech-started" || kind === "speech-stopped"),
    isEnd: isOver(row.status) || facts.report !== undefined,
    quietMs: quietMsBefore(facts, row, at),
    ageMs: row.startedAt === null ? 0 : at.getTime() - row.startedAt.getTime(),
  };
}

/** More calls than one process has live at once. */
const mostCalls = 5_000;

const noWords = (): SpokenWords["by"] => ({
  user: { words: new Set(), digits: 0 },
  assistant: { words: new Set(), digits: 0 },
});

/**
 * Adds an event's text. Earlier text counts only while no version of the call is missing: if another process has
 * recorded events in between, the database is asked once.
 */
function addText({ spoken, vocabulary }: Index, facts: Facts, row: CallRow): NewlySaid[] {
  const before = row.version === 1 ? { version: 0, by: noWords() } : spoken.get(row.id);
  const isWhole = before !== undefined && before.version >= row.version - 1;
  const said = [...(facts.lines ?? []), ...(facts.report?.messages ?? [])].map(({ role, text }) => {
    const words = wordsOf(text);
    if (isWhole) addTo(before.by[role], text, words, vocabulary);
    return { role, text, words, soFar: isWhole ? before.by[role] : null };
  });
  if (isWhole && !isOver(row.status)) keep(spoken, row.id, before.by, Math.max(before.version, row.version));
  else spoken.delete(row.id);
  return said;
}

function keep(
  spoken: Map<string, SpokenWords>,
  callId: string,
  by: SpokenWords["by"],
  version: number,
): void {
  // Moves the call to the end of the map; the oldest entries are dropped first.
  spoken.delete(callId);
  spoken.set(callId, { by, version });
  const [oldest] = spoken.keys();
  if (spoken.size > mostCalls && oldest !== undefined) spoken.delete(oldest);
}

function addTo(
  so: { words: Set<string>; digits: number },
  text: string,
  words: ReadonlySet<string>,
  vocabulary: ReadonlySet<string>,
): void {
  for (const word of words) if (vocabulary.has(word)) so.words.add(word);
  so.digits += text.match(/\d/g)?.length ?? 0;
}

/** Adds a call's stored text, so that its next events can be checked from memory. */
export function addCallText({ row, said }: ReadCall): void {
  const known = index?.spoken.get(row.id);
  if (!index || isOver(row.status) || (known && known.version >= row.version)) return;
  const by = noWords();
  for (const { role, text } of said) addTo(by[role], text, wordsOf(text), index.vocabulary);
  keep(index.spoken, row.id, by, row.version);
}
