import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toMark, toSourceLine } from "@/db/queries/calls/rows";
import type { Facts } from "@/db/queries/record/facts";
import { toReportLines } from "@/db/queries/reports/rows";
import { addSourceLines, type SourceLine } from "@/lib/calls/line";
import { mergeLines } from "@/lib/calls/merge-lines";
import { hashToUuid } from "@/lib/secrets";
import { findEvent } from "@/lib/webhook/server/registry";
import { generateCall } from "@/scripts/simulator/generate-call";

interface Message {
  type?: unknown;
  role?: unknown;
  transcript?: unknown;
  transcriptType?: unknown;
  timestamp?: unknown;
}

const disturbed = {
  hangs: 1,
  tools: 1,
  interruptions: 1,
  functionCalls: 0,
  duplicates: 0.2,
  disorder: 0.3,
  transfers: 0,
};
const messagesOf = (seed: string): Message[] =>
  generateCall(seed, disturbed).events.map(({ message }) => message);

/** The facts that handlers read from messages, as the database would merge them. */
function factsOf(messages: readonly Message[]): Facts[] {
  return messages.flatMap((message) => {
    const found = findEvent(String(message.type))?.read(message);
    if (!found || "issues" in found) return [];
    const at = new Date(Number(message.timestamp));
    const key = hashToUuid(`${message.type} ${message.timestamp} ${found.event.identity}`);
    return [found.event.project({ at, answeredAt: at, key }, null)];
  });
}

/** The lines shown of a call whose messages arrived in this order. */
function shown(messages: readonly Message[]) {
  const facts = factsOf(messages);
  const heard = facts.reduce<readonly SourceLine[]>(
    (known, { lines = [] }) =>
      addSourceLines(
        known,
        lines.map((line) => toSourceLine(line, null)),
      ),
    [],
  );
  const reported = facts.flatMap(({ report }) =>
    report ? toReportLines({ callId: "call", ...report }) : [],
  );
  return mergeLines([...reported, ...heard], {
    marks: facts.flatMap(({ marks = [] }) => marks.map(toMark)),
  });
}

const isReport = ({ type }: Message) => type === "end-of-call-report";
const isUpdate = ({ type }: Message) => type === "conversation-update";
const isTranscript = (kind: string) => (message: Message) =>
  message.type === "transcript" && message.transcriptType === kind;
const isFinal = isTranscript("final");
const isPartial = isTranscript("partial");

const wordsOf = (text: unknown): string[] =>
  String(text)
    .toLowerCase()
    .match(/[\p{L}\p{N}']+/gu) ?? [];

/** A call's transcripts without one of its longer finals, and those of its words that the last partial before it held. */
function loseFinal(messages: readonly Message[], which: number) {
  const finals = messages.filter((one) => isFinal(one) && wordsOf(one.transcript).length >= 7);
  const lost = finals[which % finals.length];
  if (!lost) return null;
  const isLost = ({ transcript, role, timestamp }: Message) =>
    role === lost.role && transcript === lost.transcript && timestamp === lost.timestamp;
  const last = messages
    .filter(
      (one) => isPartial(one) && one.role === lost.role && Number(one.timestamp) <= Number(lost.timestamp),
    )
    .sort((a, b) => Number(a.timestamp) - Number(b.timestamp))
    .at(-1);
  const said = wordsOf(lost.transcript);
  return {
    heard: wordsOf(last?.transcript).filter((word) => said.includes(word)),
    rest: messages.filter((one) => (isFinal(one) || isPartial(one)) && !isLost(one)),
  };
}

/** Lines known only from partials. There should be none: partials are sometimes misheard, but every final arrived. */
const invented = (messages: readonly Message[]) =>
  shown(messages).filter(({ source }) => source === "partial");

describe("the lines of a simulated call with disordered and duplicate events", () => {
  test.each([
    ["with all its events", () => true],
    ["without its report", (message: Message) => !isReport(message)],
    ["known from transcripts alone", (message: Message) => !isReport(message) && !isUpdate(message)],
    [
      "with its report, and none of its finals",
      (message: Message) => !isFinal(message) && !isUpdate(message),
    ],
  ])("include none known only from partials: %s", { timeout: 60_000 }, (_, comes) => {
    expect(invented(messagesOf("steered").filter(comes))).toEqual([]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), (seed) => {
        expect(invented(messagesOf(`call ${seed}`).filter(comes))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  test("have most of the words that the last partial of a lost final had, in all but at most one call", {
    timeout: 60_000,
  }, () => {
    const lost = Array.from({ length: 40 }, (_, index) => loseFinal(messagesOf(`call ${index + 1}`), index));
    const isShown = lost.flatMap((each) => {
      if (!each || each.heard.length < 5) return [];
      const told = shown(each.rest).filter(({ source }) => source === "partial");
      const words = told.flatMap(({ text }) => wordsOf(text));
      return [each.heard.filter((word) => words.includes(word)).length * 2 > each.heard.length];
    });
    expect(isShown.length).toBeGreaterThan(20);
    expect(isShown.filter((is) => !is).length).toBeLessThanOrEqual(1);
  });
});
