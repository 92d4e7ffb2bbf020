import { getCountries, getCountryCallingCode, getExampleNumber } from "libphonenumber-js";
import examples from "libphonenumber-js/examples.mobile.json";
import { describe, expect, test } from "vitest";
import { callDuration, callTitle } from "@/lib/calls/call";
import { formatAgo, formatDuration, formatPhoneNumber, formatSeconds } from "@/lib/format";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeCall } from "@/tests/support/makers/make-call";

/** Codes that belong to no country: freephone, satellites, networks. */
const worldwide = ["800", "808", "870", "878", "881", "882", "883", "888", "979"];

const at = (second: number) => Date.parse(atSecond(second));

describe("formatting for display", () => {
  test.each([
    [-500, "0:00"],
    [9_400, "0:09"],
    [842_000, "14:02"],
    [3_729_000, "1:02:09"],
  ])("a call of %d ms is shown as %s", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  test.each([
    [840, "0.8 s"],
    [9_949, "9.9 s"],
    [9_960, "10 s"],
    [61_000, "61 s"],
  ])("a wait of %d ms is shown as %s", (ms, text) => {
    expect(formatSeconds(ms)).toBe(text);
  });

  test.each([
    [2, "just now"],
    [45, "45 s ago"],
    [200, "3 min ago"],
    [3600, null],
  ])("an age of %d s is shown as relative time, or hidden once it reaches an hour", (second, text) => {
    expect(formatAgo(atSecond(0), at(second))).toBe(text);
  });

  test.each([
    ["+15550100103", "+1 555 010 0103"],
    ["+491701234567", "+49 170 123 4567"],
    ["+972501234567", "+972 501 234 567"],
    ["+3531234567", "+353 123 4567"],
    ["+79161234567", "+7 916 123 4567"],
    ["+12425550100", "+1 242 555 0100"],
    ["+6834002", "+683 4002"],
    ["+80012345678", "+800 123 456 78"],
    ["+1555010", "+1 555 010"],
    ["+0123456789", "+0123456789"],
    ["+49170", "+49170"],
    ["+4917012345678901", "+4917012345678901"],
    ["0170 1234567", "0170 1234567"],
    ["sip:anna@example.com", "sip:anna@example.com"],
    ["+1 ••• ••03", "+1 ••• ••03"],
  ])("the phone number %s is shown as %s", (number, text) => {
    expect(formatPhoneNumber(number)).toBe(text);
  });

  test.each([...new Set(getCountries().map((country) => getCountryCallingCode(country))), ...worldwide])(
    "a number with the country code %s is split after the code and keeps its digits",
    (code) => {
      const shown = formatPhoneNumber(`+${code}2345678`);
      expect(shown.split(" ")[0]).toBe(`+${code}`);
      expect(shown.replaceAll(" ", "")).toBe(`+${code}2345678`);
    },
  );

  test.each(getCountries())("an example mobile number of %s is split after its calling code", (country) => {
    const example = getExampleNumber(country, examples);
    if (!example) throw new Error("The country has no example.");
    expect(formatPhoneNumber(example.number).split(" ")[0]).toBe(`+${example.countryCallingCode}`);
  });

  test("a call is titled by its caller's name, number or kind", () => {
    expect(callTitle(makeCall({ customerName: "Ada Lane" }))).toBe("Ada Lane");
    expect(callTitle(makeCall())).toBe("+1 555 010 0103");
    expect(callTitle(makeCall({ customerNumber: null, direction: "web" }))).toBe("Web call");
    expect(callTitle(makeCall({ customerNumber: null }))).toBe("Unknown caller");
    expect(callTitle(makeCall({ customerNumber: null, direction: "outbound" }))).toBe("Unknown recipient");
  });

  test("a call lasts until now, until its end, or as long as its report says, and has no length before the answer", () => {
    expect(callDuration(makeCall(), at(30))).toBe(30_000);
    expect(callDuration(makeCall({ status: "ended", endedAt: atSecond(20) }), at(30))).toBe(20_000);
    expect(callDuration(makeCall({ durationSeconds: 19.5 }), at(30))).toBe(19_500);
    expect(callDuration(makeCall({ startedAt: null }), at(30))).toBeNull();
  });
});
