import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { db } from "@/db/client";
import { getCallDetail } from "@/db/queries/calls/read";
import { BigInteger, parseJson, stringifyJson } from "@/lib/lossless-json";
import { readFacts } from "@/tests/support/database/read-facts";
import { deliver } from "@/tests/support/deliveries/deliver";

/** Beyond 2^53, so that any code that reads it as a number changes it. */
const bigId = "2512292042121000001";

const bodiesSchema = z.array(
  z.object({
    message: z.looseObject({
      type: z.string(),
      timestamp: z.number(),
      call: z.looseObject({ id: z.string() }),
    }),
  }),
);

type Body = z.infer<typeof bodiesSchema>[number];

const sharedFolder = new URL("../../../../shared/cases/", import.meta.url);
const message = (type: string, more: Record<string, unknown>, timestamp = 1_795_816_800_000): Body => ({
  message: { type, timestamp, ...more, call: { id: "" } },
});
const echo = { id: "", type: "function", function: { name: "echo", arguments: { text: "hello" } } };
const ended = {
  endedReason: "customer-ended-call",
  startedAt: "2026-11-27T21:59:00.000Z",
  endedAt: "2026-11-27T22:00:00.000Z",
};

/** Earshot's own sample of each shape that failed always runs; the reported body runs if it is available. */
const cases: [name: string, own: Body[], check: (bodies: Body[]) => Promise<void>][] = [
  [
    "timestamp-in-seconds",
    [1_795_816_800, 1_795_816_809].map((at) =>
      message("speech-update", { role: "user", status: "started" }, at),
    ),
    async (bodies) => {
      const { marks } = await deliverAll(bodies);
      const times = marks.filter(({ kind }) => kind === "speech-started").map(({ at }) => at.getTime());
      expect(Math.max(...times) - Math.min(...times)).toBe(9_000);
      expect(times).toHaveLength(2);
    },
  ],
  [
    "content-parts",
    [
      message("conversation-update", {
        conversation: [
          { role: "user", content: [{ type: "text", text: "I have a question" }] },
          {
            role: "assistant",
            content: null,
            tool_calls: [{ id: "c1", type: "function", function: { name: "kb", arguments: '{"q":1}' } }],
          },
          { role: "tool", tool_call_id: "c1", content: "42" },
        ],
      }),
    ],
    async (bodies) => {
      const { lines, toolCalls } = await deliverAll(bodies);
      expect(lines.filter(({ role }) => role === "user").map(({ text }) => text)).toEqual([
        "I have a question",
      ]);
      expect(toolCalls).toMatchObject([{ name: "kb", result: "42" }]);
    },
  ],
  [
    "empty-tool-call-id",
    [message("tool-calls", { toolCallList: [echo] })],
    async (bodies) => {
      const { answers, toolCalls } = await deliverAll(bodies);
      expect(answers).toMatchObject([{ results: [{ toolCallId: "", name: "echo" }] }]);
      expect(toolCalls).toMatchObject([{ name: "echo", error: null, result: expect.any(String) }]);
    },
  ],
  [
    "anonymous-find-caller",
    [
      message("end-of-call-report", {
        ...ended,
        summary: "Mr Doe asked when his parcel comes.",
        customer: { number: "anonymous" },
      }),
      message("tool-calls", {
        customer: { number: "anonymous" },
        toolCallList: [{ id: "f1", type: "function", function: { name: "find_caller", arguments: {} } }],
      }),
    ],
    async (bodies) => {
      // Each body is a separate call with its own caller.
      const delivered = [];
      for (const body of bodies) delivered.push(await deliverAll([body]));
      const asked = delivered.filter(({ toolCalls }) => toolCalls.length > 0);
      expect(asked.length).toBeGreaterThan(0);
      for (const { answers } of asked) {
        expect(answers).toMatchObject([{ results: [{ result: "The caller's number is not known." }] }]);
        expect(JSON.stringify(answers)).not.toContain("Doe");
      }
    },
  ],
  [
    "big-integer",
    [
      message("tool-calls", {
        toolCallList: [
          {
            ...echo,
            id: "call_b",
            function: { name: "echo", arguments: { text: "x", order_id: new BigInteger(bigId) } },
          },
        ],
      }),
    ],
    async (bodies) => {
      const { callId, toolCalls } = await deliverAll(bodies);
      expect(toolCalls).toMatchObject([{ name: "echo", error: null }]);
      const page = stringifyJson(await getCallDetail(db, callId));
      for (const whole of [stringifyJson(toolCalls), page]) expect(whole).toContain(bigId);
    },
  ],
  [
    "transcript-only-report",
    [
      message("end-of-call-report", {
        ...ended,
        transcript: "AI: Good morning.\nUser: Are you open on Sunday?\n",
      }),
    ],
    async (bodies) => {
      // Each report belongs to its own call.
      for (const body of bodies) {
        const { callId } = await deliverAll([body]);
        const lines = (await getCallDetail(db, callId))?.lines ?? [];
        expect(lines.length).toBeGreaterThan(1);
        expect(new Set(lines.map(({ role }) => role))).toEqual(new Set(["assistant", "user"]));
        expect(lines.map(({ text }) => text).join(" ")).not.toMatch(/AI:|User:/);
      }
    },
  ],
  [
    "rtl",
    [
      message("end-of-call-report", {
        ...ended,
        artifact: {
          messages: [
            { role: "bot", message: "שלום, במה אפשר לעזור?", time: 1_795_816_750_000 },
            { role: "user", message: "أريد موعدا مع Dr. Osei", time: 1_795_816_760_000 },
          ],
        },
      }),
    ],
    async (bodies) => {
      const { callId } = await deliverAll(bodies);
      const said = bodies.flatMap(({ message: { artifact } }) => Reflect.get(Object(artifact), "messages"));
      const lines = (await getCallDetail(db, callId))?.lines ?? [];
      expect(lines.map(({ text }) => text)).toEqual(
        said.map((entry) => Reflect.get(Object(entry), "message")),
      );
    },
  ],
  [
    "redacted-business-data",
    [
      message("end-of-call-report", {
        ...ended,
        artifact: {
          messages: [
            {
              role: "tool_calls",
              time: 1_795_816_770_000,
              toolCalls: [
                {
                  id: "call_t",
                  type: "function",
                  function: {
                    name: "print_ticket",
                    arguments: '{"tokenNumber":"B-20","identity":"verified","monitor":"24 inch"}',
                  },
                },
              ],
            },
            {
              role: "tool_call_result",
              time: 1_795_816_771_000,
              toolCallId: "call_t",
              name: "print_ticket",
              result: "ok",
            },
          ],
          structuredOutputs: {
            b1: { name: "visit", result: { tokenNumber: "B-20", identity: "verified", cookies: "1 box" } },
          },
        },
      }),
    ],
    async (bodies) => {
      const { callId, toolCalls } = await deliverAll(bodies);
      const kept = JSON.stringify([toolCalls, (await getCallDetail(db, callId))?.report]);
      expect(toolCalls).toHaveLength(1);
      const words = JSON.stringify(bodies).match(
        /(?<=(?:tokenNumber|identity|monitor|cookies)\W+)[\w-]+(?: \w+)?/g,
      );
      expect(new Set(words).size).toBeGreaterThan(3);
      for (const word of new Set(words)) expect(kept).toContain(word);
    },
  ],
];

async function deliverAll(bodies: Body[]) {
  const callId = randomUUID();
  const answers: unknown[] = [];
  for (const { message: said } of bodies) {
    const sent = stringifyJson({ message: { ...said, call: { ...said.call, id: callId } } });
    const { status, body } = await deliver(sent);
    expect(status).toBe(200);
    answers.push(body);
  }
  return { callId, answers, ...(await readFacts(callId)) };
}

describe.each(cases)("webhook: the reported case %s", (name, own, check) => {
  test("Earshot's own sample gives the expected result", () => check(own));

  const file = new URL(`${name}.json`, sharedFolder);
  test.runIf(existsSync(file))("the reported message gives the expected result", () =>
    check(bodiesSchema.parse(parseJson(readFileSync(file, "utf8")))),
  );
});
