import { describe, expect, test } from "vitest";
import { findPageAccess, pages } from "@/lib/auth/permissions";

describe("page access", () => {
  test.each([
    ["/", "calls.view"],
    ["/calls/0195-abc", "calls.view"],
    ["/settings/people", "people.manage"],
    ["/invite/some-token", "public"],
    ["/sign-in", "public"],
    ["/calls/a/b", null],
    ["/invite/", null],
    ["/sign-in/x", null],
    ["/constructor", null],
    ["/nowhere", null],
  ])("for %s requires %s", (path, access) => {
    expect(findPageAccess(path)).toBe(access);
  });

  test.each(Object.entries(pages))("for a concrete path of %s is that page's own", (page, access) => {
    expect(findPageAccess(page.replace(/\[\w+\]/g, "0195-abc"))).toBe(access);
  });
});
