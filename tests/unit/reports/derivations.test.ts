import { describe, expect, test } from "vitest";
import { toTextTranscript } from "@/lib/calls/call-items";
import { toCostParts } from "@/lib/calls/costs";
import { mergeLines } from "@/lib/calls/merge-lines";
import { describeEvaluation, describeRecording } from "@/lib/calls/report";
import { keyLabel } from "@/lib/format";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeCall } from "@/tests/support/makers/make-call";
import { makeDetail } from "@/tests/support/makers/make-detail";
import { makeSourceLine } from "@/tests/support/makers/make-speech-facts";

describe("a call's cost", () => {
  const entry = { provider: "x", name: null, minutes: null, characters: null, tokens: null };

  test("follows the itemized bill, most expensive first, and the sums for anything the bill lacks", () => {
    const parts = toCostParts({
      costs: [
        { ...entry, kind: "voice", usd: 0.01 },
        { ...entry, kind: "model", usd: 0.05 },
        { ...entry, kind: "model", usd: 0.15 },
        { ...entry, kind: "brand-new", usd: 0.002 },
        { ...entry, kind: "knowledge-base", usd: 0 },
      ],
      costBreakdown: { llm: 0.19, tts: 0.01, transport: 0.03, chat: 0 },
    });
    expect(parts.map(({ name, usd }) => [name, Math.round(usd * 1_000) / 1_000])).toEqual([
      ["Language model", 0.2],
      ["Line", 0.03],
      ["Voice", 0.01],
      ["Brand new", 0.002],
    ]);
    expect(parts[0]?.items.map(({ usd }) => usd)).toEqual([0.15, 0.05]);
  });

  test("shows no free entries", () => {
    const costs = [0, 0.05].map((usd) => ({ ...entry, kind: "model" as const, usd }));
    expect(toCostParts({ costs, costBreakdown: {} })[0]?.items.map(({ usd }) => usd)).toEqual([0.05]);
  });

  test("consists of the sums for an old report, and is empty for a free call", () => {
    expect(toCostParts({ costs: [], costBreakdown: { stt: 0.02, voicemailDetectionCost: 0.01 } })).toEqual([
      { name: "Speech to text", usd: 0.02, items: [] },
      { name: "Voicemail detection", usd: 0.01, items: [] },
    ]);
    expect(toCostParts({ costs: [], costBreakdown: { stt: 0 } })).toEqual([]);
  });
});

test.each([
  ["true", true, "Succeeded"],
  ["Pass", true, "Succeeded"],
  ["false", false, "Did not succeed"],
  [" true\n", true, "Succeeded"],
  ["7", null, "7"],
  ["Excellent", null, "Excellent"],
  ["[sic] fine", null, "[sic] fine"],
])("evaluations: %s is described in words", (evaluation, isSuccess, words) => {
  expect(describeEvaluation(evaluation)).toEqual({ isSuccess, words, parts: null });
});

test("evaluations: several criteria are described as one evaluation", () => {
  const parts = { politeness: "pass" };
  expect(describeEvaluation(` ${JSON.stringify(parts)}`)).toEqual({
    words: "By criterion",
    isSuccess: null,
    parts,
  });
});

test("labels: a key is shown as readable words", () => {
  const keys = ["appointmentDate", "appointment_date", "URL", "is-new", "maxrent", "_", ""];
  expect(keys.map(keyLabel)).toEqual([
    "Appointment date",
    "Appointment date",
    "URL",
    "Is new",
    "Maxrent",
    "_",
    "",
  ]);
});

describe("playing a call's recording", () => {
  const known = {
    isOver: true,
    hasStarted: true,
    endedReason: "customer-ended-call",
    report: { hasRecording: true },
    copy: null,
    canAskVapi: true,
  };
  const copy = (state: "waiting" | "kept" | "failed" | "deleting") => ({ state, error: null });

  test("requires a recording, and an API key to fetch it", () => {
    expect(describeRecording(known)).toMatchObject({ state: "playable", why: null });
    expect(describeRecording({ ...known, canAskVapi: false }).why).toContain("Vapi's API key");
    expect(describeRecording({ ...known, report: { hasRecording: false } }).why).toContain("not recorded");
    expect(describeRecording({ ...known, report: null })).toMatchObject({ state: "playable" });
    expect(describeRecording({ ...known, report: null, canAskVapi: false }).why).toContain("No report");
    expect(describeRecording({ ...known, isOver: false }).why).toContain("once the call is over");
    expect(
      describeRecording({ ...known, report: null, hasStarted: false, endedReason: "customer-busy" }).why,
    ).toContain("never answered");
    expect(describeRecording({ ...known, report: null, endedReason: "lost-contact" }).why).toContain(
      "presumed over",
    );
    // A call that was answered or has a report may have been recorded, whatever its end reason.
    const busy = { ...known, endedReason: "customer-busy" };
    expect(describeRecording({ ...busy, hasStarted: false })).toMatchObject({ state: "playable" });
    expect(describeRecording({ ...busy, report: null })).toMatchObject({ state: "playable" });
    const unknown = { ...known, report: null, hasStarted: false };
    expect(describeRecording(unknown)).toMatchObject({ state: "playable" });
    expect(describeRecording({ ...unknown, endedReason: null })).toMatchObject({ state: "playable" });
  });

  test("needs no API key if Earshot has its own copy", () => {
    const alone = { ...known, canAskVapi: false };
    expect(describeRecording({ ...alone, copy: copy("kept") })).toMatchObject({ state: "playable" });
    expect(describeRecording({ ...alone, copy: copy("waiting") })).toMatchObject({
      state: "none",
      copy: "waiting",
    });
    const failed = { state: "failed" as const, error: "Vapi answered 404." };
    expect(describeRecording({ ...alone, copy: failed })).toMatchObject({
      copy: "failed",
      copyError: "Vapi answered 404.",
    });
    expect(describeRecording({ ...alone, copy: copy("deleting") })).toMatchObject({
      state: "none",
      copy: null,
    });
  });
});

test("text transcript: lines and tool calls are listed, each with its time", () => {
  const text = toTextTranscript(
    makeDetail({
      call: makeCall({ status: "ended", endedReason: "customer-ended-call", endedAt: atSecond(20) }),
      lines: mergeLines([
        makeSourceLine({ text: "Hello?", at: atSecond(3) }),
        makeSourceLine({ role: "assistant", text: "Hello.", at: atSecond(9), source: "report" }),
      ]),
      toolCalls: [
        {
          id: "t",
          toolCallId: "call_1",
          name: "find_slot",
          arguments: {},
          askedAt: atSecond(5),
          answeredAt: atSecond(6),
          result: "10:15",
          error: null,
        },
      ],
    }),
  );
  expect(text).toContain("Ended: The caller hung up");
  expect(text.split("\n").slice(-4)).toEqual([
    expect.stringMatching(/^\[\d:\d\d\] Caller: Hello\? \[Live only, not in the report\]$/),
    expect.stringMatching(/^\[\d:\d\d\] \(Tool find_slot: 10:15\)$/),
    expect.stringMatching(/^\[\d:\d\d\] Assistant: Hello\.$/),
    "",
  ]);
});
