import { describe, expect, test } from "vitest";
import { toCsvLine } from "@/lib/http/to-csv-line";

describe("a line of CSV", () => {
  test("quotes what would break it", () => {
    expect(toCsvLine(['a,"b"', "two\nlines", null, 3])).toBe('"a,""b""","two\nlines",,3\r\n');
  });

  test.each(["=1+1", "+1", "-1", "@sum(a)", "\tx"])("%j is text to a spreadsheet", (cell) => {
    expect(toCsvLine([cell])).toBe(`'${cell}\r\n`);
  });
});
