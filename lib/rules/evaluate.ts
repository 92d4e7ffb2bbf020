import { findSpans } from "@/lib/rules/conditions";
import type { CallRecord, RuleFacts } from "@/lib/rules/facts";
import type { StoredRule } from "@/lib/rules/rule";
import { conditionText } from "@/lib/rules/rule";
import type { TimeSpan } from "@/lib/rules/spans";

type Watched = Pick<StoredRule, "scope" | "when">;

/**
 * Returns every firing of a rule in a call by the facts so far, ascending. Used for live calls and back-tests, so a
 * back-test predicts the live behaviour.
 */
export function findFirings({ scope, when }: Watched, facts: RuleFacts): TimeSpan[] {
  if (!isInScope(scope, facts.call)) return [];
  const latest = Math.max(facts.now, facts.endedAt ?? 0);
  return findSpans(when, facts).filter(
    ({ from, until }) => from <= latest && (until === null || until > from),
  );
}

export function isInScope(scope: StoredRule["scope"], call: CallRecord["call"]): boolean {
  const { assistants, numbers, directions } = scope;
  const assistant = call.assistantId ?? call.assistantName;
  return (
    (assistants.length === 0 || (assistant !== null && assistants.includes(assistant))) &&
    (numbers.length === 0 || (call.phoneNumber !== null && numbers.includes(call.phoneNumber))) &&
    (directions.length === 0 || (call.direction !== null && directions.includes(call.direction)))
  );
}

/** Whether two rules fire alike. If not, the change invalidates the back-test and the live actions. */
export function firesAlike(a: Watched, b: Watched): boolean {
  return conditionText(a) === conditionText(b);
}
