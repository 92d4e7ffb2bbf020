import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toLocalPath } from "@/lib/http/urls";

const here = "https://earshot.example.com";

describe("the page after sign-in", () => {
  test.each([
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/.//evil.example",
    "/x/..//evil.example",
    "javascript:alert(1)",
    "",
    null,
  ])("is the start page for the target %j", (claim) => {
    expect(new URL(toLocalPath(claim), here).origin).toBe(here);
    expect(toLocalPath(claim)).toBe("/");
  });

  test("is the local path asked for, with its query", () => {
    expect(toLocalPath("/calls/abc?at=12#line")).toBe("/calls/abc?at=12#line");
  });

  test("is never on another site, for any text", () => {
    const pieces = fc.constantFrom(
      "/",
      "\\",
      ".",
      "..",
      ":",
      "@",
      "evil.example",
      "\t",
      "\n",
      "%2f",
      "?",
      "#",
      "https:",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 8 }), (parts) => {
        expect(new URL(toLocalPath(`/${parts.join("")}`), here).origin).toBe(here);
      }),
      { numRuns: 5_000 },
    );
  });
});
