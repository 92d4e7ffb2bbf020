import { describe, expect, test } from "vitest";
import { toKnownNumber } from "@/lib/calls/known-number";
import { zonesOfNumber } from "@/lib/dialing/rules";
import { hashNumber } from "@/lib/dialing/server/dialing";
import { subjectSchema } from "@/lib/privacy/subject";
import { readRequest } from "@/lib/routing/request";
import { readSnapshot } from "@/lib/webhook/server/snapshot";

const withheld = [
  "anonymous",
  "Anonymous",
  "  ANONYMOUS ",
  '"Anonymous"',
  "Restricted",
  "Unavailable",
  "Private",
  "Unknown",
  "Private Number",
  "No caller ID",
  "Anonym",
  "+266696687",
  "266696687",
  "00266696687",
  "+266 696 687",
  "tel:+266696687",
  "tel:anonymous",
  "+8656696",
  "008656696",
  '"+266696687"',
  "'0000000'",
  "[(+266 696 687)]",
  '""',
  "“Desk 5” <tel:anonymous>",
  "sip:+15550100103@invalid",
  "sip:+15550100103@anonymous.invalid:5060",
  "sip:+15550100103@anonymous.invalid ;tag=1",
  '"sip:+15550100103@anonymous.invalid"',
  "sip:anonymous@anonymous.invalid",
  "SIP:Anonymous@Anonymous.Invalid:5060;user=phone",
  "sips:anonymous@anonymous.invalid",
  "sip:restricted@198.51.100.7",
  "sip:%2B266696687@carrier.example",
  '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=1',
  "Maya Jensen <sip:unavailable@unknown.invalid>",
  "sip:+15550100103@anonymous.invalid",
  "anonymous@anonymous.invalid",
  "+",
  "0",
  "0000000000",
  "-",
  "",
];

const known = [
  "+15550100103",
  "tel:+15550100103",
  "(555) 010-0103",
  "8656696",
  "+26622345678",
  "+26600696687",
  "Room 12",
  "sip:+15550100103@invalid.example.com",
  "sip:alice@example.com",
  "sip:private.office@example.com",
  '"Anonymous Falcon" <sip:+15550100103@carrier.example>',
];

describe("phone numbers", () => {
  test.each(withheld)(
    "the withheld number %j counts as unknown and is neither stored nor matched",
    (number) => {
      expect(toKnownNumber(number)).toBeNull();
      expect(readSnapshot({ customer: { number } }, new Date()).customerNumber ?? null).toBeNull();
      expect(readRequest({ customer: { number } }).caller).toBeNull();
      expect(hashNumber(number)).toBeNull();
      expect(zonesOfNumber(number, [])).toEqual([]);
      expect(subjectSchema.safeParse({ kind: "number", number }).success).toBe(false);
    },
  );

  test.each(known)("the number %j is known and is kept as written", (number) => {
    expect(toKnownNumber(number)).toBe(number);
  });

  test("a number is trimmed, and a missing one stays missing", () => {
    expect(toKnownNumber(" +15550100103\n")).toBe("+15550100103");
    expect(toKnownNumber(null)).toBeNull();
    expect(toKnownNumber(undefined)).toBeNull();
  });
});
