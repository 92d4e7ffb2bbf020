import { expect, test } from "vitest";
import { isRequiredOf, secondFactorPath, secondFactorState } from "@/lib/auth/second-factor";

const none = { hasApp: false, passkeys: 0 };
const app = { hasApp: true, passkeys: 0 };
const passkey = { hasApp: false, passkeys: 1 };

test.each([
  ["nothing set up, nothing required", none, false, false, "satisfied"],
  ["nothing set up, one required", none, false, true, "set-up"],
  ["an app, nothing required", app, false, false, "confirm"],
  ["an app, one required", app, false, true, "confirm"],
  ["a passkey, nothing required", passkey, false, false, "satisfied"],
  ["a passkey, one required", passkey, false, true, "confirm"],
  ["an app that was asked for", app, true, true, "satisfied"],
] as const)("second factor: %s", (_, factors, isConfirmed, isRequired, expected) => {
  expect(secondFactorState(factors, isConfirmed, isRequired)).toBe(expected);
});

test.each([
  ["nobody", []],
  ["admins", ["admin"]],
  ["everybody", ["viewer", "operator", "admin"]],
] as const)("second factor: required of %s", (requiredOf, roles) => {
  const all = ["viewer", "operator", "admin"] as const;
  expect(all.filter((role) => isRequiredOf({ requiredOf }, role))).toEqual(roles);
});

test("second factor: its page leads back to pages of ours alone", () => {
  expect(secondFactorPath("/reports?a=1")).toBe("/second-factor?next=%2Freports%3Fa%3D1");
  expect(secondFactorPath("https://evil.example/")).toBe("/second-factor");
});
