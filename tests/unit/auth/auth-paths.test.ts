import { expect, test } from "vitest";
import { isOpenAuthPath } from "@/lib/auth/schemas";

test.each([
  ["google", true],
  ["abc", false],
  ["github", false],
  ["google/extra", false],
  ["", false],
])("auth paths: the callback of provider %s is open: %s, with only Google configured", (provider, isOpen) => {
  expect(isOpenAuthPath("GET", `/api/auth/callback/${provider}`, ["google"])).toBe(isOpen);
});

test.each([
  ["POST", "two-factor/enable", true],
  ["POST", "two-factor/verify-totp", true],
  ["POST", "two-factor/send-otp", false],
  ["POST", "two-factor/get-totp-uri", false],
  ["POST", "passkey/verify-authentication", true],
  ["GET", "passkey/list-user-passkeys", false],
  ["GET", "passkey/generate-register-options", true],
] as const)("auth paths: %s %s is open: %s", (method, path, isOpen) => {
  expect(isOpenAuthPath(method, `/api/auth/${path}`, [])).toBe(isOpen);
});
