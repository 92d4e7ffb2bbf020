import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Artifact } from "@/scripts/simulator/artifact";
import type { CallEvent } from "@/scripts/simulator/call-event";
import type { CallOptions } from "@/scripts/simulator/call-options";
import { generateCall } from "@/scripts/simulator/generate-call";

const calm: Partial<CallOptions> = {
  hangs: 0,
  interruptions: 0,
  functionCalls: 0,
  duplicates: 0,
  disorder: 0,
  loss: 0,
};
const seeds = Array.from({ length: 40 }, (_, index) => `seed ${index}`);
const calmCalls = seeds.map((seed) => generateCall(seed, calm));

const ofType = (events: readonly CallEvent[], type: string) =>
  events.filter(({ message }) => message.type === type);
const withStatus = (events: readonly CallEvent[], status: string) =>
  ofType(events, "status-update").find(({ message }) => message.status === status);
const sizeOf = ({ message }: CallEvent) => Buffer.byteLength(JSON.stringify({ message }));

describe("a generated call", () => {
  test("is the same for the same seed, regardless of its start time", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), fc.integer({ min: 1, max: 2 ** 40 }), (seed, laterMs) => {
        const [now, later] = [0, laterMs].map((ms) =>
          generateCall(seed, { createdAtMs: Date.UTC(2026, 5, 1) + ms }),
        );
        expect(later?.events.map(unstamped)).toEqual(now?.events.map(unstamped));
        expect(later?.events.map(({ message }) => message.timestamp - laterMs)).toEqual(
          now?.events.map(({ message }) => message.timestamp),
        );
      }),
      { numRuns: 15 },
    );
  });

  test("differs for another seed", () => {
    expect(new Set(calmCalls.map(({ callId }) => callId)).size).toBe(seeds.length);
    expect(new Set(calmCalls.map(({ conversationUuid }) => conversationUuid)).size).toBe(seeds.length);
  });

  test("is inbound, outbound or web, and opens with the statuses of its kind", () => {
    const openings = {
      inbound: ["in-progress"],
      outbound: ["queued", "ringing", "in-progress"],
      web: ["in-progress"],
    };
    expect(new Set(calmCalls.map(({ kind }) => kind))).toEqual(new Set(Object.keys(openings)));
    for (const { kind, events } of calmCalls) {
      const statuses = ofType(events, "status-update").map(({ message }) => message.status);
      expect(statuses.slice(0, openings[kind].length)).toEqual(openings[kind]);
    }
  });

  test("has a customer and a phone number unless it is a web call", () => {
    for (const { kind, events } of calmCalls) {
      for (const { message } of events) {
        expect("customer" in message).toBe(kind !== "web");
        expect("phoneNumber" in message).toBe(kind !== "web");
      }
    }
  });

  test("carries a call snapshot that stays stale to the end: ringing or queued, with no cost", () => {
    for (const { kind, events } of calmCalls) {
      for (const { message } of events) {
        const status = kind === "inbound" ? "ringing" : "queued";
        expect(message.call).toMatchObject({
          status,
          cost: 0,
          monitor: { listenUrl: expect.stringMatching(/vapi\.ai/) },
        });
      }
    }
  });

  test("is stamped `ended` exactly 2.50 s after its end, and its report arrives 3.7 to 5.5 s later", () => {
    for (const { events } of calmCalls) {
      const ended = withStatus(events, "ended");
      const [report] = ofType(events, "end-of-call-report");
      const endedAtMs = Date.parse(String(report?.message.endedAt));
      expect((ended?.message.timestamp ?? 0) - endedAtMs).toBe(2_500);
      const lagMs = (report?.offsetMs ?? 0) - (ended?.offsetMs ?? 0);
      expect(lagMs).toBeGreaterThanOrEqual(3_700);
      expect(lagMs).toBeLessThanOrEqual(5_500);
    }
  });

  test("has inbound event bodies above 15 KB, others above 8 KB, all below 145 KB, and a report above 36 KB", () => {
    for (const { kind, events } of calmCalls) {
      const [report] = ofType(events, "end-of-call-report").map(sizeOf);
      const sizes = events.filter(({ message }) => message.type !== "end-of-call-report").map(sizeOf);
      expect(Math.min(...sizes)).toBeGreaterThan(kind === "inbound" ? 15_000 : 8_000);
      expect(Math.max(...sizes)).toBeLessThan(145_000);
      expect(report).toBeGreaterThan(36_000);
    }
  });

  test("carries a conversation that only grows, in Vapi's format and OpenAI's", () => {
    for (const { events } of calmCalls) {
      const artifacts = [...events]
        .sort((a, b) => a.message.timestamp - b.message.timestamp)
        .map(({ message }) => message.artifact as Artifact);
      const lengths = artifacts.map(({ messages }) => JSON.stringify(messages).length);
      expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
      for (const { messages, messagesOpenAIFormatted } of artifacts) {
        expect(messagesOpenAIFormatted).toHaveLength(messages.length);
      }
    }
  });

  test("posts about two events per second", () => {
    for (const { events } of calmCalls) {
      const seconds = (events.at(-1)?.offsetMs ?? 0) / 1000;
      expect(events.length / seconds).toBeGreaterThan(1.2);
      expect(events.length / seconds).toBeLessThan(3);
    }
  });

  test("has the same words in its lines as in its report, in order", () => {
    for (const { events } of calmCalls) {
      const [report] = ofType(events, "end-of-call-report");
      const finals = ofType(events, "transcript").filter(({ message }) => message.transcriptType === "final");
      const words = finals.map(({ message }) => message.transcript).join(" ");
      const reported = String(report?.message.transcript)
        .replace(/^(AI|User): /gm, "")
        .split("\n")
        .join(" ")
        .trim();
      expect(words).toBe(reported);
    }
  });

  test("at four times the speed ends in a quarter of the time with as many events", () => {
    const [slow, fast] = [1, 4].map((speed) => generateCall("speed", { ...calm, speed }));
    const end = (call: typeof slow) => call?.events.at(-1)?.offsetMs ?? 0;
    expect(end(fast)).toBeCloseTo(end(slow) / 4, -1);
    expect(fast?.events.length).toBe(slow?.events.length);
  });

  test("can begin with an assistant-request event", () => {
    const call = generateCall("seed 0", { ...calm, transfers: 1, assistantRequest: true });
    expect(call.events[0]?.message).toMatchObject({ type: "assistant-request", call: { assistantId: null } });
    expect(call.events[0]?.message).not.toHaveProperty("assistant");
  });
});

/** An event without its timestamps; the rest must not depend on the clock. */
function unstamped({ message, ...event }: CallEvent): unknown {
  const specific = JSON.stringify({ ...message, timestamp: 0, artifact: undefined, messages: undefined });
  return {
    ...event,
    message: specific.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "at").replace(/-\d{13}([-.])/g, "-at$1"),
  };
}
