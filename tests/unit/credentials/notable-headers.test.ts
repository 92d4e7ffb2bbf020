import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { notableHeaders } from "@/lib/credentials/notable-headers";

test("what may carry a proof is of note, what every request has is not", () => {
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

const recorded = join(process.cwd(), "../shared/vapi/recorded/headers");

test.runIf(existsSync(recorded))("of recorded deliveries only Vapi's own are of note", () => {
  for (const file of readdirSync(recorded)) {
    const headers: unknown = JSON.parse(readFileSync(join(recorded, file), "utf8"));
    expect(notableHeaders(Object.keys(Object(headers)))).toEqual(["x-call-id", "x-vapi-secret"]);
  }
});
