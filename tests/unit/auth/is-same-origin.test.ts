import { describe, expect, test } from "vitest";
import { isSameOrigin } from "@/lib/http/server/policy";

const appUrl = "https://earshot.example.com";
const from = (headers: Record<string, string>) => isSameOrigin(new Headers(headers), appUrl);

describe("the same-origin check", () => {
  test("gives Sec-Fetch-Site precedence over Origin", () => {
    expect(from({ "sec-fetch-site": "same-origin" })).toBe(true);
    expect(from({ "sec-fetch-site": "cross-site", origin: appUrl })).toBe(false);
    expect(from({ "sec-fetch-site": "same-site", origin: appUrl })).toBe(false);
    expect(from({ "sec-fetch-site": "none" })).toBe(false);
  });

  test("requires Origin to match the app's URL if there is no Sec-Fetch-Site", () => {
    expect(from({ origin: appUrl })).toBe(true);
    expect(from({ origin: "https://evil.example" })).toBe(false);
    expect(from({ origin: "null" })).toBe(false);
    expect(from({})).toBe(false);
  });
});
