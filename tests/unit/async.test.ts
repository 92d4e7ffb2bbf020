import { stat } from "node:fs/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { DeadlineError, withDeadline } from "@/lib/async";

test("work that does not answer fails at its deadline", async () => {
  await expect(withDeadline(new Promise(() => {}), 5)).rejects.toThrow(DeadlineError);
});

test("work that answered while the process was held up has not failed", async () => {
  await nextTurn(); // so that the next turn of the event loop begins with the timers
  const found = withDeadline(stat("."), 5);
  const until = performance.now() + 50;
  while (performance.now() < until);
  expect((await found).isDirectory()).toBe(true);
});
