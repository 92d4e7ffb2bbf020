import { expect, test } from "vitest";
import { parseHours, writeHours } from "@/lib/directory/directory";

test.each([
  ["Mon-Fri 09:00-17:30", "Mon-Fri 09:00-17:30"],
  ["monday – friday 09:00 – 17:30; sat 10:00-14:00", "Mon-Fri 09:00-17:30, Sat 10:00-14:00"],
  ["Sat-Mon 00:00-24:00", "Sat-Mon 00:00-24:00"],
])("opening hours: %s is parsed", (text, written) => {
  const hours = parseHours(text, "UTC");
  expect(typeof hours === "string" ? hours : writeHours(hours)).toBe(written);
});

test.each(["always", "Mon", "Mon 9-17", "Xyz 09:00-17:00", "Mon 17:00-09:00", ""])(
  "opening hours: %s is rejected",
  (text) => {
    expect(parseHours(text, "UTC")).toEqual(expect.any(String));
  },
);

test("opening hours: an unknown time zone is reported", () => {
  expect(parseHours("Mon 09:00-17:00", "Mars/Olympus")).toContain("time zone");
});
