import { expect, test } from "vitest";
import { BigInteger, parseJson, parseJsonForReading, stringifyJson } from "@/lib/lossless-json";

const big = "2512292042121000001";

test("lossless JSON: integers beyond 2^53 are written back unchanged, at any position", () => {
  for (const text of [`{"a":${big}}`, `[-${big},1]`, big, `{"a":{"b":[{"c":${big}}]},"t":"x"}`]) {
    expect(stringifyJson(parseJson(text))).toBe(text);
  }
});

test("lossless JSON: JSON.stringify and readers get large integers as strings of digits", () => {
  expect(JSON.stringify(parseJson(`{"a":${big}}`))).toBe(`{"a":"${big}"}`);
  expect(parseJsonForReading(`{"a":[${big}],"b":7}`)).toEqual({ a: [big], b: 7 });
});

test("lossless JSON: safe integers, decimals and digit strings are parsed as JSON.parse does", () => {
  for (const text of [
    '{"a":9007199254740991}',
    '{"a":1234567890.123456789}',
    '{"a":1e400}',
    `{"a":"${big}"}`,
    `{"a":${"9".repeat(500)}}`,
    `{"a":1,"a":${"1".repeat(15)},"__proto__":{"b":1}}`,
  ]) {
    expect(parseJson(text)).toEqual(JSON.parse(text));
  }
  expect(parseJson(`{"a":1,"a":${big}}`)).toEqual({ a: new BigInteger(big) });
});

test("lossless JSON: text nested too deeply for exact integers is parsed, with rounded ones", () => {
  const depth = 20_000;
  const text = `{"big":${big},"deep":${"[".repeat(depth)}${"]".repeat(depth)}}`;
  expect(parseJson(text)).toMatchObject({ big: Number(big) });
});

test("lossless JSON: text that JSON.parse rejects is rejected", () => {
  for (const text of [`{"a":${big}`, `{"a":0${big}}`, `{"a":${big},}`, `'${big}'`]) {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  }
});
