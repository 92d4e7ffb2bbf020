import fc from "fast-check";
import { expect, it } from "vitest";
import { reportQuerySchema, toReportParams } from "@/lib/reports/filter";
import { anyText } from "@/tests/support/makers/any-text";

it("report filter: a filter is unchanged after a round trip through the URL", () => {
  const params =
    "q=%22lost+parcel%22&from=2026-03-01&zone=Europe%2FBerlin&group=our-fault%2Cprovider-fault&tag=a%2Cb&sort=oldest";
  const asked = Object.fromEntries(new URLSearchParams(params));
  expect(toReportParams(reportQuerySchema.parse(asked))).toBe(params);
  expect(toReportParams(asked)).toBe(params);
});

it("report filter: an altered URL is rejected or read, but never throws", () => {
  const value = fc.oneof(
    anyText({ maxLength: 40 }),
    fc.constantFrom("", "-1", "1e999", "NaN", "2026-02-30", "newest_x_y"),
  );
  const names = fc.constantFrom(
    "q",
    "from",
    "zone",
    "group",
    "minCost",
    "score",
    "tag",
    "cursor",
    "limit",
    "sort",
    "ids",
  );
  fc.assert(
    fc.property(fc.dictionary(names, value), (params) => {
      const { data } = reportQuerySchema.safeParse(params);
      if (data) expect(data.limit).toBeLessThanOrEqual(200);
    }),
  );
});

it("report filter: a cursor for one sort order is rejected by another", () => {
  expect(reportQuerySchema.safeParse({ sort: "longest", cursor: "newest_1767524032688_abc" }).success).toBe(
    false,
  );
  expect(reportQuerySchema.parse({ cursor: "newest_1767524032688_a_b" }).cursor).toMatchObject({ id: "a_b" });
});
