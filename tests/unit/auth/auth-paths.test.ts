import { expect, test } from "vitest";
import { isOpenAuthPath } from "@/lib/auth/schemas";

test.each([
  ["google", true],
  ["abc", false],
  ["github", false],
  ["google/extra", false],
  ["", false],
])("the callback of the provider %s is open: %s, when Google alone is configured", (provider, isOpen) => {
  expect(isOpenAuthPath("GET", `/api/auth/callback/${provider}`, ["google"])).toBe(isOpen);
});
