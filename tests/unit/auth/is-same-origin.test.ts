import { describe, expect, test } from "vitest";
import { isSameOrigin } from "@/lib/http/server/policy";

const appUrl = "https://earshot.example.com";
const from = (headers: Record<string, string>) => isSameOrigin(new Headers(headers), appUrl);

describe("same-origin check", () => {
  test("Sec-Fetch-Site counts before Origin", () => {
    expect(from({ "sec-fetch-site": "same-origin" })).toBe(true);
    expect(from({ "sec-fetch-site": "cross-site", origin: appUrl })).toBe(false);
    expect(from({ "sec-fetch-site": "same-site", origin: appUrl })).toBe(false);
    expect(from({ "sec-fetch-site": "none" })).toBe(false);
  });

  test("without Sec-Fetch-Site, Origin must be ours", () => {
    expect(from({ origin: appUrl })).toBe(true);
    expect(from({ origin: "https://evil.example" })).toBe(false);
    expect(from({ origin: "null" })).toBe(false);
    expect(from({})).toBe(false);
  });
});
