import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findSensitive } from "@/lib/rules/sensitive-data";

const kindsIn = (text: string) => findSensitive(text).map(({ kind }) => kind);

describe("sensitive data", () => {
  test.each([
    ["my card is 4242 4242 4242 4242", ["card"]],
    ["it is 4-2-4-2 4 2 4 2 4 2 4 2 4 2 4 2, thanks", ["card"]],
    ["5555555555554444 expires 12 26", ["card"]],
    ["order 7 4242 4242 4242 4242", ["card"]],
    ["378282246310005", ["card"]],
    ["DE89 3704 0044 0532 0130 00 please", ["iban"]],
    ["gb29nwbk60161331926819", ["iban"]],
    ["write to Ana.Diaz+bills@example.co.uk.", ["email"]],
    ["it is 123-45-6789", ["ssn"]],
    ["it is 123 45 6789 and a@b.org", ["ssn", "email"]],
  ])("is found in %j", (text, kinds) => {
    expect(kindsIn(text)).toEqual(kinds);
  });

  test.each([
    ["a number that fails Luhn", "4242 4242 4242 4241"],
    ["a phone number", "+1 555 010 0103"],
    ["a long number of one digit", "4444444444444444"],
    ["an order number whose last digits are a card", "99994242424242424242"],
    ["an IBAN with wrong check digits", "DE88 3704 0044 0532 0130 00"],
    ["an IBAN that is cut short", "DE89 3704 0044 0532"],
    ["an area that is not given out", "000-12-3456 and 666-12-3456 and 912-12-3456"],
    ["a longer number", "1123-45-67890"],
    ["an @ without a domain", "meet me @ noon or a@b"],
  ])("is not %s", (_, text) => {
    expect(kindsIn(text)).toEqual([]);
  });

  test("is found in text order, without overlapping matches", () => {
    // Their digits also form a card number, but it begins within the first match.
    expect(kindsIn("123-45-6789 123-45-6789")).toEqual(["ssn", "ssn"]);
    const piece = fc.constantFrom(
      "4242",
      "4242424242424242",
      "DE89",
      "370400440532013000",
      "a@b.org",
      "123-45-6789",
      "x",
      "@",
      ".",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const found = findSensitive(pieces.join(" "));
        for (const [index, { end }] of found.entries()) {
          expect(found[index + 1]?.start ?? end).toBeGreaterThanOrEqual(end);
        }
      }),
    );
  });
});
