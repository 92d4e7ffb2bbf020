import { expect, test } from "vitest";
import { slopePerHour } from "@/tests/soak/slope";

const everyMinute = (values: readonly number[]) =>
  values.map((value, minute) => ({ atMs: minute * 60_000, value }));

test("npm run soak: memory that grows by 1 MB a minute has a slope of 60 MB an hour, regardless of the warm-up", () => {
  const values = [5, 100, 101, 102, 103, 104, 105, 106, 107, 108];
  expect(slopePerHour(everyMinute(values))).toBeCloseTo(60);
});

test("npm run soak: memory that fluctuates around one value has almost no slope", () => {
  const values = [0, 100, 120, 120, 100, 100, 120, 120, 100];
  expect(slopePerHour(everyMinute([50, ...values.slice(1), ...values.slice(1).toReversed()]))).toBeLessThan(
    5,
  );
});
