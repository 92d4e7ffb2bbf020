import { expect, test } from "vitest";
import { quietFrom, watchOutage, watchQuiet } from "@/tests/support/makers/simulate-outages";
import { outageCauses } from "@/tests/support/makers/simulated-calls";
import { Weeks } from "@/tests/support/makers/simulated-weeks";

/* One draw of each; `npm run bench -- detection` draws many, at three loads. */

const weeks = new Weeks("outages", 5, quietFrom);

test.each(outageCauses)(
  "outages: %s is named as the cause no later than a minute after its fifth call",
  (cause) => {
    const { rightMs, rightSinceStartMs } = watchOutage("one", weeks, cause);
    expect(rightSinceStartMs).not.toBeNull();
    expect(rightMs ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(60_000);
  },
);

test("outages: a day without an outage has no incident", () => {
  expect(watchQuiet("quiet", 5, 1)).toEqual([]);
});
