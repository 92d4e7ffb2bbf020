import { describe, expect, test } from "vitest";
import { toCsvLine } from "@/lib/http/server/http";

describe("a CSV line", () => {
  test("quotes cells with commas, quotes or line breaks", () => {
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
  ])("escapes %j so that a spreadsheet reads it as text", (cell) => {
    expect(toCsvLine([cell])).toBe(`'${cell}\r\n`);
  });

  test.each(["\n=1+1", "\r=1+1", "\nx", "\r\n+1"])(
    "quotes and escapes %j so that a spreadsheet reads it as text",
    (cell) => {
      expect(toCsvLine([cell])).toBe(`"'${cell}"\r\n`);
    },
  );

  test.each(["+15551234567", "+1 (555) 123-4567", "+49 30 1234.5678"])(
    "leaves the phone number %s unchanged",
    (number) => {
      expect(toCsvLine([number])).toBe(`${number}\r\n`);
    },
  );
});
