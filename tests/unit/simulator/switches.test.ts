import { describe, expect, test } from "vitest";
import { findFailure } from "@/lib/incidents/failure";
import type { CallOptions } from "@/scripts/simulator/call-options";
import { type GeneratedCall, generateCall } from "@/scripts/simulator/generate-call";

const off: Partial<CallOptions> = {
  hangs: 0,
  tools: 0,
  functionCalls: 0,
  transfers: 0,
  interruptions: 0,
  duplicates: 0,
  disorder: 0,
};

const generate = (options: Partial<CallOptions>) =>
  Array.from({ length: 25 }, (_, index) => generateCall(`switch ${index}`, { ...off, ...options }));
const messagesOf = ({ events }: GeneratedCall, type: string) =>
  events.map(({ message }) => message).filter((message) => message.type === type);
const shareWith = (calls: readonly GeneratedCall[], type: string) =>
  calls.filter((call) => messagesOf(call, type).length > 0).length / calls.length;
const statusesOf = (call: GeneratedCall) => messagesOf(call, "status-update").map(({ status }) => status);

describe("the simulator's switches", () => {
  test("--hangs leaves callers waiting for more than 4.5 s before the assistant answers", () => {
    const calls = generate({ hangs: 1 });
    expect(shareWith(calls, "hang")).toBe(1);
    expect(shareWith(generate({}), "hang")).toBe(0);
    for (const { events } of calls) {
      const at = events.findIndex(({ message }) => message.type === "hang");
      const before = events.slice(0, at).findLast(({ message }) => message.status === "stopped");
      expect((events[at]?.offsetMs ?? 0) - (before?.offsetMs ?? 0)).toBeGreaterThan(4_500);
      expect(
        events.slice(at).some(({ message }) => message.role === "assistant" && message.status === "started"),
      ).toBe(true);
    }
  });

  test("--outage ends calls with a failure of its stage; a bad version fails only the calls on that version", () => {
    const codesOf = (calls: readonly GeneratedCall[]) =>
      calls.map((call) => String(messagesOf(call, "status-update").at(-1)?.endedReason));
    for (const outage of ["voice", "model", "transcriber", "transport", "webhook"] as const) {
      const stages = codesOf(generate({ outage })).map((code) => findFailure(code)?.stage);
      expect(new Set(stages)).toEqual(new Set([outage]));
    }
    const calls = generate({ outage: "version" });
    const failed = calls.filter((call) => findFailure(codesOf([call])[0] ?? "") !== null);
    expect(failed.length).toBeGreaterThan(5);
    expect(failed.length).toBeLessThan(calls.length);
    for (const call of calls) {
      const isBad = messagesOf(call, "status-update").some((message) => message.assistantVersion === "v99");
      expect(isBad).toBe(failed.includes(call));
    }
  });

  test("--outage tool makes each call request one tool that Earshot lacks, and then end", () => {
    for (const call of generate({ outage: "tool", toolServer: true })) {
      const [asked, ...more] = messagesOf(call, "tool-calls");
      expect(more).toEqual([]);
      expect(asked?.toolCallList).toMatchObject([{ function: { name: "look_up_customer" } }]);
      expect(asked?.toolWithToolCallList).toHaveLength(1);
      expect(messagesOf(call, "hang")).toEqual([]);
      const ended = messagesOf(call, "status-update").at(-1);
      expect(ended).toMatchObject({ status: "ended", endedReason: "customer-ended-call" });
    }
  });

  test("--tools requests tool calls in all three of Vapi's lists", () => {
    const calls = generate({ tools: 1 });
    expect(shareWith(calls, "tool-calls")).toBe(1);
    expect(shareWith(generate({}), "tool-calls")).toBe(0);
    const [message] = calls.flatMap((call) => messagesOf(call, "tool-calls"));
    const asked = {
      id: expect.stringMatching(/^call_/),
      type: "function",
      function: { name: expect.any(String), arguments: expect.any(Object) },
    };
    expect(message).toMatchObject({
      toolCalls: [asked],
      toolCallList: [asked],
      toolWithToolCallList: [{ toolCall: asked }],
    });
  });

  test("--function-calls requests tools in the 2024 format", () => {
    const calls = generate({ tools: 1, functionCalls: 1 });
    expect(shareWith(calls, "function-call")).toBe(1);
    expect(shareWith(calls, "tool-calls")).toBe(0);
    const [message] = calls.flatMap((call) => messagesOf(call, "function-call"));
    expect(message?.functionCall).toEqual({ name: expect.any(String), parameters: expect.any(Object) });
  });

  test("--transfers forwards the call, which ends 2.7 s later as forwarded and gets a report", () => {
    for (const call of generate({ transfers: 1 })) {
      const [forwarding, ended] = messagesOf(call, "status-update").slice(-2);
      expect(forwarding).toMatchObject({
        status: "forwarding",
        destination: { type: "number" },
        forwardingPhoneNumber: expect.stringMatching(/^\+1555010/),
      });
      expect(ended).toMatchObject({ status: "ended", endedReason: "assistant-forwarded-call" });
      expect(((ended?.timestamp ?? 0) - (forwarding?.timestamp ?? 0)) / 1000).toBeCloseTo(2.7, 1);
      expect(messagesOf(call, "end-of-call-report")).toHaveLength(1);
    }
    expect(generate({}).flatMap(statusesOf)).not.toContain("forwarding");
  });

  test("--interruptions makes the caller start before the assistant has stopped", () => {
    const calls = generate({ interruptions: 1 });
    expect(shareWith(calls, "user-interrupted")).toBe(1);
    for (const { events } of calls) {
      const at = events.findIndex(({ message }) => message.type === "user-interrupted");
      const marks = events
        .slice(0, at)
        .map(({ message }) => message)
        .filter(({ type }) => type === "speech-update");
      expect(marks.slice(-2).map(({ role, status }) => `${role} ${status}`)).toEqual([
        "assistant started",
        "user started",
      ]);
    }
  });

  test("--no-report and --no-ended leave out only the report or the ended status", () => {
    expect(shareWith(generate({ noReport: 1 }), "end-of-call-report")).toBe(0);
    expect(generate({ noReport: 1 }).every((call) => statusesOf(call).includes("ended"))).toBe(true);
    expect(generate({ noEnded: 1 }).flatMap(statusesOf)).not.toContain("ended");
    expect(shareWith(generate({ noEnded: 1 }), "end-of-call-report")).toBe(1);
  });

  test("--loss and --duplicates affect their share of the events, and --disorder changes only their order", () => {
    const count = (calls: readonly GeneratedCall[]) =>
      calls.reduce((sum, { events }) => sum + events.length, 0);
    const calm = generate({});
    expect(count(generate({ loss: 0.5 })) / count(calm)).toBeCloseTo(0.5, 1);
    expect(count(generate({ duplicates: 0.2 })) / count(calm)).toBeCloseTo(1.2, 1);
    for (const [index, call] of generate({ disorder: 0.3 }).entries()) {
      const stamps = call.events.map(({ message }) => message.timestamp);
      expect(stamps).not.toEqual([...stamps].sort((a, b) => a - b));
      expect(new Set(stamps)).toEqual(new Set(calm[index]?.events.map(({ message }) => message.timestamp)));
    }
  });

  test("an interruption does not change the events before it", () => {
    const [calm, cut] = [0, 1].map((interruptions) => generateCall("switch 3", { ...off, interruptions }));
    const opening = (call: GeneratedCall | undefined) =>
      call?.events.slice(0, 8).map(({ message }) => message.transcript ?? message.type);
    expect(opening(cut)).toEqual(opening(calm));
  });
});
