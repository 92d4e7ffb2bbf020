import { expect, test } from "vitest";
import { parseJson, stringifyJson } from "@/lib/lossless-json";
import { maskMessage, maskSensitive, maskSensitiveText } from "@/lib/privacy/mask-sensitive";
import { findSensitive, sensitiveKinds } from "@/lib/rules/sensitive-data";

const all = sensitiveKinds;

test("masking: sensitive text is replaced by its kind, and the rest stays", () => {
  expect(
    maskSensitiveText(
      "Card 4242 4242 4242 4242, DE89 3704 0044 0532 0130 00, ana@example.com, 123-45-6789.",
      all,
    ),
  ).toBe("Card [card number], [IBAN], [e-mail address], [Social Security number].");
});

test("masking: only the chosen kinds are masked, and nothing if none is chosen", () => {
  const text = "4242424242424242 or ana@example.com";
  expect(maskSensitiveText(text, ["email"])).toBe("4242424242424242 or [e-mail address]");
  expect(maskSensitiveText(text, [])).toBe(text);
});

test("masking: masked data is still found by its kind, and masking again changes nothing", () => {
  const masked = maskSensitiveText("4242424242424242, ana@example.com and 123-45-6789", all);
  expect(findSensitive(masked).map(({ kind }) => kind)).toEqual(["card", "email", "ssn"]);
  expect(maskSensitiveText(masked, all)).toBe(masked);
});

test("masking: keys, numbers, lists and JSON within text are masked, and the JSON stays valid", () => {
  const value = {
    "ana@example.com": [{ card: 4242424242424242 }],
    raw: '{"card":4242424242424242,"keep":1}',
    "bob@example.com": true,
  };
  expect(maskSensitive(value, all)).toEqual({
    "[e-mail address]": [{ card: "[card number]" }],
    raw: '{"card":"[card number]","keep":1}',
    "[e-mail address] (2)": true,
  });
  const long = parseJson('{"card":4000000000000000006}');
  expect(stringifyJson(maskSensitive(long, all))).toBe('{"card":"[card number]"}');
});

test("masking: a value without sensitive data stays the same object", () => {
  const value = { note: "call me at 5", list: [1, "two"], at: 1_785_000_000_000 };
  expect(maskSensitive(value, all)).toBe(value);
});

test.each([
  "6f9619ff-8b86-4011-b42d-00c04fc964ff",
  "42424242-4242-4242-8242-424242424242",
  "+4915112345678",
  "sip:desk@sip.example.com",
  "call_pWd4242x0424242424242",
])("masking: %s is an ID or address and stays", (text) => {
  expect(maskSensitiveText(text, all)).toBe(text);
});

test("masking: the caller's name and number stay, and the caller's e-mail address is masked", () => {
  const customer = { number: "desk@sip.example.com", email: "ana@example.com", name: "Ana" };
  const message = { type: "status-update", customer, call: { id: "c1", customer } };
  const kept = { ...customer, email: "[e-mail address]" };
  expect(maskMessage(message, all)).toEqual({
    ...message,
    customer: kept,
    call: { id: "c1", customer: kept },
  });
});

test.each([
  ["my card is 4242 4242 42", "my card is …"],
  ["my card is 4242 42", "my card is 4242 42"],
  ["my card is 4242 4242 4242 4242 ", "my card is [card number] "],
  ["in 2026 I paid", "in 2026 I paid"],
  ["my IBAN is DE89 3704 0044 05", "my IBAN is …"],
  ["my IBAN is de89 3704 0044 05", "my IBAN is …"],
  ["my IBAN is GB29 NWBK 6016", "my IBAN is …"],
  ["my bank is de89 3704", "my bank is de89 3704"],
  ["at 10 30 on Monday", "at 10 30 on Monday"],
  ["call me 10 minutes later", "call me 10 minutes later"],
])("masking: text still being spoken omits a value that has begun: %j", (said, kept) => {
  const partial = { type: "transcript", transcriptType: "partial", transcript: said };
  expect(maskMessage(partial, all)).toEqual({ ...partial, transcript: kept });
  expect(maskMessage(partial, ["email"])).toEqual(partial);
  const speech = { type: "assistant.speechStarted", text: said };
  expect(maskMessage(speech, all)).toEqual({ ...speech, text: kept });

  const before = { role: "user", message: "4242 4242 42 was my last card", time: 1 };
  const question = { role: "bot", message: "1234567 is the ticket. And now?", time: 2 };
  const toUpdate = (last: string) => ({
    type: "conversation-update",
    messages: [before, question, { role: "user", message: last, time: 3 }, { role: "tool_calls" }],
    messagesOpenAIFormatted: [{ role: "user", content: [{ type: "text", text: last }] }],
  });
  expect(maskMessage(toUpdate(said), all)).toEqual(toUpdate(kept));
  const toStatus = (last: string) => {
    const { type: _, ...artifact } = toUpdate(last);
    return { type: "status-update", status: "forwarding", ...artifact, artifact };
  };
  expect(maskMessage(toStatus(said), all)).toEqual(toStatus(kept));
});

test.each([
  "my IBAN is DE89 3704 0044 0532 0130 00",
  "my card is 4111 1111 1111 1111",
  "my number is 123-45-6789",
])("masking: of all versions of a growing message, the last is the longest: %j", (whole) => {
  const lengths = Array.from({ length: whole.length }, (_, index) => {
    const message = whole.slice(0, index + 1);
    const masked = maskMessage({ type: "conversation-update", messages: [{ role: "user", message }] }, all);
    return JSON.stringify(masked).length;
  });
  expect(Math.max(...lengths)).toBe(lengths.at(-1));
});
