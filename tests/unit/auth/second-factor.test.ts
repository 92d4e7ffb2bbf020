import { expect, test } from "vitest";
import { isRequiredOf, secondFactorPath } from "@/lib/auth/second-factor";

test.each([
  ["nobody", []],
  ["admins", ["admin"]],
  ["everybody", ["viewer", "operator", "admin"]],
] as const)("second factor: required of %s", (requiredOf, roles) => {
  const all = ["viewer", "operator", "admin"] as const;
  expect(all.filter((role) => isRequiredOf({ requiredOf }, role))).toEqual(roles);
});

test("second factor: its page redirects only within this site", () => {
  expect(secondFactorPath("/reports?a=1")).toBe("/second-factor?next=%2Freports%3Fa%3D1");
  expect(secondFactorPath("https://evil.example/")).toBe("/second-factor");
});
