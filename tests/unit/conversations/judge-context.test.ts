import { expect, it } from "vitest";
import { validateContext } from "@/lib/conversations/context";

it("takes any JSON object", () => {
  const context = { name: "Ana Bright", tags: ["new", 2, null], open: true, nested: { deep: { er: 0.5 } } };
  expect(validateContext(context)).toBeNull();
  expect(validateContext({})).toBeNull();
});

it.each([[null], [[]], ["text"], [7], [undefined]])("takes nothing but an object: %j", (value) => {
  expect(validateContext(value)).toBe("A context is a JSON object: { … }.");
});

it("takes 64 KB, counted as UTF-8, and not a byte more", () => {
  const frame = '{"text":""}'.length;
  expect(validateContext({ text: "x".repeat(65_536 - frame) })).toBeNull();
  expect(validateContext({ text: "x".repeat(65_537 - frame) })).toBe(
    "A context can have up to 64 KB; this one has 65 KB.",
  );
  expect(validateContext({ text: "ß".repeat(40_000) })).toBe(
    "A context can have up to 64 KB; this one has 79 KB.",
  );
});

it("takes sixteen levels, and names the place that lies deeper", () => {
  const nest = (levels: number): object => (levels === 1 ? {} : { a: nest(levels - 1) });
  expect(validateContext(nest(16))).toBeNull();
  expect(validateContext(nest(17))).toBe(`${Array(16).fill("a").join(".")} is nested deeper than 16 levels.`);
});

it.each(["__proto__", "constructor", "prototype", "hasOwnProperty", "toString"])(
  "refuses a key named %s, which the merge would take for the object's own",
  (key) => {
    const context = JSON.parse(`{"customer":{"${key}":{"polluted":true}}}`);
    expect(validateContext(context)).toBe(`"${key}" is not allowed as a key: customer.${key}.`);
  },
);

it("names the text that PostgreSQL cannot keep", () => {
  expect(validateContext({ a: ["fine", "nul\u0000"] })).toMatch(/^a\.1 contains the character U\+0000/);
  expect(validateContext({ a: "half \ud83d" })).toMatch(/^a contains half a surrogate pair/);
  expect(validateContext({ "k\ud83d": 1 })).toMatch(/contains half a surrogate pair/);
  expect(validateContext({ a: "whole 😀" })).toBeNull();
});

it("names a number that JSON has read as infinity", () => {
  expect(validateContext(JSON.parse('{"a":{"b":1e999}}'))).toBe("a.b is too large a number.");
});
