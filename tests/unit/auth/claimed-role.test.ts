import { describe, expect, test } from "vitest";
import { claimedRole } from "@/lib/auth/claimed-role";
import type { Role } from "@/lib/auth/roles";

const map = new Map<string, Role>([
  ["leads", "admin"],
  ["support", "operator"],
  ["readers", "viewer"],
]);

describe("OpenID Connect: the role in a claim", () => {
  test.each([
    ["one value", { groups: "support" }, "operator"],
    ["the highest of several, in whatever order", { groups: ["leads", "readers", "support"] }, "admin"],
    ["none of the map", { groups: ["others"] }, null],
    ["no claim", {}, null],
    ["no text", { groups: [1, null, { leads: true }] }, null],
    ["a name of every object", { groups: "constructor" }, null],
  ] as const)("follows the role map for %s", (_, claims, expected) => {
    expect(claimedRole(claims, { claim: "groups", map, fallback: null })).toBe(expected);
  });

  test.each([
    ["realm_access.roles", { realm_access: { roles: ["support"] } }],
    ["https://example.com/roles", { "https://example.com/roles": ["support"] }],
  ])("is found at %s", (claim, claims) => {
    expect(claimedRole(claims, { claim, map, fallback: null })).toBe("operator");
  });

  test("falls back to the default only if the claim gives no role", () => {
    const to = { claim: "groups", map, fallback: "operator" } as const;
    expect(claimedRole({ groups: ["readers"] }, to)).toBe("viewer");
    expect(claimedRole({}, to)).toBe("operator");
  });

  test.each(["constructor.name", "__proto__", "toString"])(
    "is never read from an object's prototype: %s",
    (claim) => {
      expect(claimedRole({}, { claim, map: new Map([["Object", "admin"]]), fallback: null })).toBeNull();
    },
  );
});
