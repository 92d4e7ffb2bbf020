import { expect, it } from "vitest";
import { validateContext } from "@/lib/conversations/context";

it("context: any JSON object is valid", () => {
  const context = { name: "Ana Bright", tags: ["new", 2, null], open: true, nested: { deep: { er: 0.5 } } };
  expect(validateContext(context)).toBeNull();
  expect(validateContext({})).toBeNull();
});

it.each([[null], [[]], ["text"], [7], [undefined]])(
  "context: %j is rejected because it is not an object",
  (value) => {
    expect(validateContext(value)).toBe("A context is a JSON object: { … }.");
  },
);

it("context: 64 KB of UTF-8 is valid, and one byte more is rejected", () => {
  const frame = '{"text":""}'.length;
  expect(validateContext({ text: "x".repeat(65_536 - frame) })).toBeNull();
  expect(validateContext({ text: "x".repeat(65_537 - frame) })).toBe(
    "A context can have up to 64 KB; this one has 65 KB.",
  );
  expect(validateContext({ text: "ß".repeat(40_000) })).toBe(
    "A context can have up to 64 KB; this one has 79 KB.",
  );
});

it("context: 16 levels are valid, and the path of a deeper one is reported", () => {
  const nest = (levels: number): object => (levels === 1 ? {} : { a: nest(levels - 1) });
  expect(validateContext(nest(16))).toBeNull();
  expect(validateContext(nest(17))).toBe(`${Array(16).fill("a").join(".")} is nested deeper than 16 levels.`);
});

it.each(["__proto__", "constructor", "prototype", "hasOwnProperty", "toString"])(
  "context: the key %s is rejected, since a merge would confuse it with a built-in property",
  (key) => {
    const context = JSON.parse(`{"customer":{"${key}":{"polluted":true}}}`);
    expect(validateContext(context)).toBe(`"${key}" is not allowed as a key: customer.${key}.`);
  },
);

it("context: the path of text that PostgreSQL cannot store is reported", () => {
  expect(validateContext({ a: ["fine", "nul\u0000"] })).toMatch(/^a\.1 contains the character U\+0000/);
  expect(validateContext({ a: "half \ud83d" })).toMatch(/^a contains half a surrogate pair/);
  expect(validateContext({ "k\ud83d": 1 })).toMatch(/contains half a surrogate pair/);
  expect(validateContext({ a: "whole 😀" })).toBeNull();
});

it("context: the path of a number that JSON parses as infinity is reported", () => {
  expect(validateContext(JSON.parse('{"a":{"b":1e999}}'))).toBe("a.b is too large a number.");
});
