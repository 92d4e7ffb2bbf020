import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { notableHeaders } from "@/lib/credentials/rejection";

test("notable headers: only headers that may carry a credential are listed", () => {
  const names = [
    "accept",
    "authorization",
    "content-type",
    "x-forwarded-for",
    "x-signature",
    "x-vapi-secret (empty)",
  ];
  expect(notableHeaders(names)).toEqual(["authorization", "x-signature", "x-vapi-secret (empty)"]);
});

/** Headers as sent by Vapi's client and common proxies. Always tested; recordings are not part of the repository. */
const usual = [
  "host",
  "user-agent",
  "content-length",
  "accept",
  "accept-encoding",
  "baggage",
  "content-type",
  "cookie",
  "sentry-trace",
  "x-call-id",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-real-ip",
  "x-request-start",
  "x-vapi-secret",
];
const folder = join(process.cwd(), "../shared/vapi/recorded/headers");
const recorded = existsSync(folder)
  ? readdirSync(folder).map((file) => ({
      name: file,
      names: Object.keys(Object(JSON.parse(readFileSync(join(folder, file), "utf8")))),
    }))
  : [];

test.each([{ name: "our own sample", names: usual }, ...recorded])(
  "notable headers: only Vapi's own headers of a delivery are listed: $name",
  ({ names }) => {
    expect(notableHeaders(names)).toEqual(["x-call-id", "x-vapi-secret"]);
  },
);
