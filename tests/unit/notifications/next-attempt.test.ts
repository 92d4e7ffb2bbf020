import { expect, test } from "vitest";
import { nextAttemptMs } from "@/lib/notifications/notification";

test("notifications: a failed delivery is retried at growing intervals for about 90 minutes, then given up", () => {
  const seconds = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((attempts) => Number(nextAttemptMs(attempts)) / 1_000);
  expect(seconds).toEqual([15, 30, 60, 120, 240, 480, 960, 1_800, 1_800]);
  expect([nextAttemptMs(10), nextAttemptMs(11)]).toEqual([null, null]);
});
