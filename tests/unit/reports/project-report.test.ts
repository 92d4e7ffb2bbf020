import { describe, expect, test } from "vitest";
import { earliest } from "@/lib/webhook/rank";
import { readReport } from "@/tests/support/database/read-report";

const read = (message: object) => readReport({ type: "end-of-call-report", ...message }).report;

describe("a report's evaluation", () => {
  test.each([
    ["true", "true"],
    [true, "true"],
    [false, "false"],
    [7, "7"],
    [0, "0"],
    ["Excellent", "Excellent"],
    [{ politeness: 4 }, '{"politeness":4}'],
    ["", null],
    [null, null],
    [undefined, null],
  ])("of %j is stored as %j", (successEvaluation, kept) => {
    expect(read({ analysis: { successEvaluation } }).successEvaluation).toBe(kept);
  });
});

test("reports: structured data may be an object, a list or a single value", () => {
  for (const structuredData of [{ day: "Thursday" }, [{ day: "Thursday" }], "Thursday", 4]) {
    expect(read({ analysis: { structuredData } }).structuredData).toEqual(structuredData);
  }
  expect(read({ analysis: {} }).structuredData).toBeNull();
});

test("reports: structured outputs keep their name and result, and the reason one was skipped", () => {
  const { structuredOutputs } = read({
    analysis: { structuredDataMulti: [{ mood: "calm" }] },
    artifact: {
      structuredOutputs: { a: { name: "Intake", result: { booked: true } }, b: { result: 4 }, c: "odd" },
      skippedStructuredOutputs: { d: { name: "Complaint", unmetCondition: { type: "duration" } } },
    },
  });
  expect(structuredOutputs).toEqual([
    { id: "a", name: "Intake", result: { booked: true }, skipped: null },
    { id: "b", name: null, result: 4, skipped: null },
    { id: "c", name: null, result: "odd", skipped: null },
    { id: "d", name: "Complaint", result: null, skipped: '{"type":"duration"}' },
    { id: "multi-1", name: null, result: { mood: "calm" }, skipped: null },
  ]);
});

test("reports: a scorecard names the outputs its points belong to", () => {
  const { scorecards } = read({
    artifact: {
      structuredOutputs: { goal: { name: "Goal reached", result: true } },
      scorecards: {
        qa: {
          name: "Support QA",
          score: 70,
          scoreNormalized: 70,
          metricPoints: { goal: 70, csat: 0, odd: "x" },
        },
        bent: 4,
      },
    },
  });
  expect(scorecards).toEqual([
    {
      id: "qa",
      name: "Support QA",
      score: 70,
      percent: 70,
      points: [
        { of: "Goal reached", points: 70 },
        { of: "csat", points: 0 },
      ],
    },
  ]);
});

test("reports: the bill keeps the provider and amount of each entry, and skips invalid entries", () => {
  const { costs } = read({
    costs: [
      {
        type: "model",
        model: { provider: "openai", model: "gpt-4o" },
        promptTokens: 90,
        completionTokens: 10,
        cost: 0.2,
      },
      { type: "transport", provider: "twilio", minutes: 2.5, cost: 0.03 },
      { type: "analysis", analysisType: "summary", model: { provider: "google", model: "g" }, cost: 0.001 },
      { type: "model" },
      "free",
    ],
  });
  const nothing = { minutes: null, characters: null, tokens: null };
  expect(costs).toEqual([
    { kind: "model", provider: "openai", name: "gpt-4o", usd: 0.2, ...nothing, tokens: 100 },
    { kind: "transport", provider: "twilio", name: null, usd: 0.03, ...nothing, minutes: 2.5 },
    { kind: "analysis", provider: "google", name: "summary", usd: 0.001, ...nothing },
  ]);
});

test("reports: latency is stored by stage, and a call without turns has none", () => {
  const turn = {
    modelLatency: 300,
    voiceLatency: 400,
    transcriberLatency: 90,
    endpointingLatency: 100,
    turnLatency: 890,
  };
  const { latency } = read({
    artifact: {
      performanceMetrics: { turnLatencies: [turn, "odd"], modelLatencyAverage: 300, turnLatencyAverage: 890 },
    },
  });
  expect(latency?.turns).toEqual([{ endpointing: 100, transcriber: 90, model: 300, voice: 400, total: 890 }]);
  expect(latency?.average).toMatchObject({ model: 300, total: 890, voice: null });
  const zeros = { turnLatencies: [], modelLatencyAverage: 0, turnLatencyAverage: 0 };
  expect(read({ artifact: { performanceMetrics: zeros } }).latency).toBeNull();
});

test("reports: consent is stored with or without the time it was granted", () => {
  const at = "2026-08-01T10:00:10.000Z";
  expect(read({ compliance: { recordingConsent: { type: "verbal", grantedAt: at } } }).consent).toEqual({
    kind: "verbal",
    grantedAt: at,
  });
  expect(read({ compliance: { recordingConsent: { type: "verbal" } } }).consent?.grantedAt).toBeNull();
});

test("reports: a parsed report contains no link to a recording", () => {
  const { report } = readReport({
    recordingUrl: "https://storage.vapi.ai/a.wav",
    artifact: { presignedStereoUrl: "https://storage.vapi.ai/b.wav?X-Amz-Signature=s" },
  });
  expect(JSON.stringify(report)).not.toContain("storage.vapi.ai");
});

describe("a report's times", () => {
  const call = (message: object) => readReport({ type: "end-of-call-report", ...message }).call;
  const endedAt = "2026-03-02T10:00:00.000Z";

  test("of a call that nobody answered have no start, whether or not the end is stated", () => {
    for (const given of [{ endedAt, durationSeconds: 0 }, { durationSeconds: 0 }, {}])
      expect(call(given)).not.toHaveProperty("startedAt");
    expect(call({ endedAt, durationSeconds: 0 })).toMatchObject({ endedAt: new Date(endedAt) });
  });

  test("are exact where they are stated, and outrank those of status events", () => {
    const stated = call({ endedAt, durationSeconds: 0 });
    const status = earliest(new Date("2026-03-02T10:00:02.500Z"));
    expect(stated?.endedRank).toBeGreaterThan(status);
    expect(call({ durationSeconds: 0 })?.endedRank).toBeLessThan(status);
  });

  test("come from what was said where nothing is stated", () => {
    const messages = [
      { role: "bot", message: "Hello.", time: 1_767_000_000_000 },
      { role: "user", message: "Bye.", time: 1_767_000_004_000, endTime: 1_767_000_005_000 },
    ];
    expect(call({ messages })).toMatchObject({
      startedAt: new Date(1_767_000_000_000),
      endedAt: new Date(1_767_000_005_000),
    });
  });
});

test("reports: the tokens of voicemail detection are added up", () => {
  const { costs } = read({
    costs: [
      {
        type: "voicemail-detection",
        cost: 0.004,
        promptTextTokens: 120,
        promptAudioTokens: 800,
        completionTextTokens: 20,
        completionAudioTokens: 0,
      },
    ],
  });
  expect(costs).toMatchObject([{ kind: "voicemail-detection", tokens: 940 }]);
});

test("reports: messages keep which assistant spoke and what the filter did", () => {
  const { lines } = readReport({
    messages: [
      { role: "bot", message: "Billing here.", time: 1_767_000_000_000, assistantName: "Billing" },
      {
        role: "user",
        message: "[FILTERED]",
        time: 1_767_000_002_000,
        isFiltered: true,
        detectedThreats: ["sql-injection"],
        originalMessage: "drop table",
      },
    ],
  });
  expect(lines).toMatchObject([
    { assistantName: "Billing" },
    { filter: { threats: ["sql-injection"], original: "drop table" } },
  ]);
});
