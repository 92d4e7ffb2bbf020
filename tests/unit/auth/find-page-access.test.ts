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
  ])("%s asks for %s", (path, access) => {
    expect(findPageAccess(path)).toBe(access);
  });

  test.each(Object.entries(pages))("a path of %s asks for what that page does", (page, access) => {
    expect(findPageAccess(page.replace(/\[\w+\]/g, "0195-abc"))).toBe(access);
  });
});
