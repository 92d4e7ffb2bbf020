import { type Condition, conditionSchema } from "@/lib/rules/condition";
import { findFirings } from "@/lib/rules/evaluate";
import { type CallRecord, toRuleFacts } from "@/lib/rules/facts";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeCall } from "@/tests/support/makers/make-call";
import { makeSpeechFacts } from "@/tests/support/makers/make-speech-facts";

type Line = CallRecord["lines"][number];

export const line = (
  role: Line["role"],
  second: number,
  text: string,
  filter: Line["filter"] = null,
): Line => ({ role, text, at: atSecond(second), endedAt: null, filter });

/** A tool call asked a second before it was answered. */
export const tool = (
  second: number,
  isFailed: boolean,
  name = "lookup",
): CallRecord["toolCalls"][number] => ({
  id: `${name} ${second}`,
  toolCallId: "call_0",
  name,
  arguments: {},
  askedAt: atSecond(second - 1),
  answeredAt: atSecond(second),
  result: isFailed ? null : "ok",
  error: isFailed ? "timeout" : null,
});

/** The stored parts of a live call that has nothing in it but `differences`. */
export function makeRecord(differences: Partial<CallRecord> = {}): CallRecord {
  const { marks = [] } = differences;
  return {
    call: makeCall({ assistantId: "clinic", direction: "inbound", endedReason: null, costUsd: null }),
    lines: [],
    marks,
    toolCalls: [],
    heard: makeSpeechFacts([...marks]),
    lastEventAt: atSecond(30),
    ...differences,
  };
}

export const everyCall = { assistants: [], numbers: [], directions: [] };

/** When a condition fires and ends, in seconds into the call, as known at `second`. */
export function firings(input: unknown, record: Partial<CallRecord> = {}, second = 60) {
  const when: Condition = conditionSchema.parse(input);
  const toSecond = (ms: number) => (ms - Date.parse(atSecond(0))) / 1_000;
  const facts = toRuleFacts(makeRecord(record), Date.parse(atSecond(second)));
  return findFirings({ scope: everyCall, when }, facts).map(({ from, until }) => [
    toSecond(from),
    until === null ? null : toSecond(until),
  ]);
}
