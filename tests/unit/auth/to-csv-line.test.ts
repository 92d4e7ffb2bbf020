import { describe, expect, test } from "vitest";
import { toCsvLine } from "@/lib/http/server/http";

describe("a line of CSV", () => {
  test("quotes what would break it", () => {
    expect(toCsvLine(['a,"b"', "two\nlines", null, 3])).toBe('"a,""b""","two\nlines",,3\r\n');
  });

  test.each([
    "=1+1",
    "+1",
    "-1",
    "@sum(a)",
    "\tx",
    " =1+1",
    "\u00a0=1+1",
    "\u3000@sum(a)",
    "＝1+1",
    "＋1",
    "－1",
    "＠sum(a)",
    "+1555-cmd()",
  ])("writes %j as text to a spreadsheet", (cell) => {
    expect(toCsvLine([cell])).toBe(`'${cell}\r\n`);
  });

  test.each(["\n=1+1", "\r=1+1", "\nx", "\r\n+1"])("writes %j as quoted text to a spreadsheet", (cell) => {
    expect(toCsvLine([cell])).toBe(`"'${cell}"\r\n`);
  });

  test.each(["+15551234567", "+1 (555) 123-4567", "+49 30 1234.5678"])(
    "keeps the phone number %s as it is written",
    (number) => {
      expect(toCsvLine([number])).toBe(`${number}\r\n`);
    },
  );
});
