import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { leaveOutUnread } from "@/lib/webhook/server/leave-out-unread";
import { isBriefType } from "@/lib/webhook/server/registry";

const always = () => true;
const leaveOut = (text: string) => leaveOutUnread(text, always);

const assistantParts = ["id", "name", "metadata", "maxDurationSeconds", "monitorPlan"];
const callParts = [
  "id",
  "callId",
  "createdAt",
  "type",
  "assistantId",
  "customer",
  "phoneNumber",
  "phoneNumberId",
];
const overridesParts = ["metadata", "monitorPlan"];

function only(holder: unknown, names: readonly string[]): unknown {
  if (typeof holder !== "object" || holder === null || Array.isArray(holder)) return holder;
  return Object.fromEntries(Object.entries(holder).filter(([name]) => names.includes(name)));
}

/** What remains of a message, computed from its parsed value. */
function expectedOf([name, part]: [string, unknown]): [string, unknown][] {
  if (name === "artifact" || name === "conversation" || name.startsWith("messages")) return [];
  if (name === "assistant") return [[name, only(part, assistantParts)]];
  if (name !== "call" || typeof part !== "object" || part === null || Array.isArray(part))
    return [[name, part]];
  const { assistant, assistantOverrides, metadata, monitor } = part as Record<string, unknown>;
  const inner = {
    assistant: only(assistant, assistantParts),
    assistantOverrides: only(assistantOverrides, overridesParts),
    metadata,
    monitor,
  };
  const present = Object.entries(inner).filter(([key]) => Object.hasOwn(part, key));
  return [[name, { ...(only(part, callParts) as object), ...Object.fromEntries(present) }]];
}

/** Strings that look like JSON to a reader that loses its place. */
const tricky = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom('"', "\\", "{", "}", "[", "]", ",", ":", "n", "é", "漢", "\n") }),
);
const anyValue = fc.oneof(fc.jsonValue(), tricky, fc.array(tricky), fc.dictionary(tricky, fc.jsonValue()));
/**
 * Keys with escapes are left to the parser, and are a test of their own. "call", which fast-check likes to generate because
 * functions have it, would bring a call with such keys.
 */
const plainKey = fc
  .string({ unit: "grapheme-ascii" })
  .filter((key) => !/["\\]/.test(key) && key !== "__proto__" && key !== "call");
const holder = (...names: string[]) =>
  fc.dictionary(fc.oneof(fc.constantFrom(...names), plainKey), anyValue, { noNullPrototype: true });
const body = fc
  .tuple(
    fc.dictionary(
      fc.oneof(fc.constantFrom("artifact", "conversation", "messages", "messagesOpenAIFormatted"), plainKey),
      anyValue,
      { noNullPrototype: true },
    ),
    fc.record(
      {
        call: fc.oneof(
          tricky,
          fc.array(tricky),
          fc.constant(null),
          holder("id", "customer", "monitor", "transport"),
          fc.record({ assistant: holder("id", "model"), assistantOverrides: holder("metadata", "model") }),
        ),
        assistant: fc.oneof(tricky, fc.array(tricky), holder("id", "name", "model", "metadata")),
      },
      { requiredKeys: [] },
    ),
    fc.dictionary(plainKey, anyValue, { noNullPrototype: true }),
  )
  .map(([own, known, beside]) => ({ ...beside, message: { ...own, ...known, type: "hang" } }));

describe("the unread parts of a body", () => {
  test("are left out, and everything else is kept, however the text is spaced", () => {
    fc.assert(
      fc.property(body, fc.constantFrom(undefined, 1, "\t"), (value, space) => {
        const text = JSON.stringify(value, null, space);
        const { message, ...beside } = JSON.parse(text);
        const kept = Object.fromEntries(Object.entries(message).flatMap(expectedOf));
        expect(JSON.parse(leaveOut(text))).toEqual({ ...beside, message: kept });
      }),
      { numRuns: 2_000 },
    );
  });

  test("stay if the text is not JSON, so that the parser rejects it", () => {
    const pieces = fc.constantFrom(
      '{"message":',
      '"type"',
      '"hang"',
      "{",
      "}",
      "[",
      "]",
      ":",
      ",",
      '"',
      "\\",
      "1",
      " ",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((parts) => parts.join("")),
        ),
        (text) => {
          const isJson = (input: string) => {
            try {
              return JSON.parse(input) !== undefined;
            } catch {
              return false;
            }
          };
          if (isJson(leaveOut(text))) expect(isJson(text)).toBe(true);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  test.each([
    ['{"message":{"type":"hang","artifact":{"a":1}', "cut off"],
    ['{"message":{"type":"hang","artifact":"a}}', "cut off in a string"],
    ['{"message":{"type":"hang","artifact":1},"message":{"type":"x"}}', "two messages"],
    ['{"message":{"type":"hang","artifact":1,"type":"x"}}', "two types"],
    ['{"message":{"type":"hang","artifact":1,"typ\\u0065":"x"}}', "an escaped key"],
    ['{"message":{"type":{"a":1},"artifact":1}}', "a type that is no text"],
    ['{"message":{"artifact":1}}', "no type"],
    ['{"message":[{"type":"hang","artifact":1}]}', "a list of messages"],
    ['{"type":"hang","artifact":1}', "no message"],
  ])("stay in %s: %s", (text) => {
    expect(leaveOut(text)).toBe(text);
  });

  test("stay in messages of a type that reads all of it", () => {
    const text = '{"message":{"type":"tool-calls","artifact":{"messages":[]}}}';
    expect(leaveOutUnread(text, isBriefType)).toBe(text);
    expect(isBriefType("transcript")).toBe(true);
    expect(isBriefType("end-of-call-report")).toBe(false);
    expect(isBriefType("a-new-type")).toBe(false);
  });
});
