import { describe, expect, test } from "vitest";
import type { SetupState } from "@/lib/credentials/setup";
import { diagnoseSetup } from "@/lib/credentials/setup";
import { atSecond } from "@/tests/support/deliveries/at-second";

const since = Date.parse(atSecond(600));

const rejection = (lastAt: string) => ({
  key: lastAt,
  what: "",
  change: "",
  headerNames: [],
  addressRange: null,
  count: 1,
  firstAt: lastAt,
  lastAt,
});

const state = (
  admittedAt: string | null,
  rejectedAt: string | null,
  eventAt: string | null = null,
): SetupState => ({
  now: atSecond(600),
  admitted: admittedAt ? { credential: "Production", usedAt: admittedAt, lastEventAt: eventAt } : null,
  rejections: rejectedAt ? [rejection(rejectedAt)] : [],
});

describe("the setup check", () => {
  test.each([
    ["waits while nothing ever came", state(null, null), "waiting"],
    ["waits when all that came is old", state(atSecond(10), atSecond(20)), "waiting"],
    ["works when something was let in", state(atSecond(610), null), "working"],
    ["works when something was let in within the minute before", state(atSecond(550), null), "working"],
    ["does not work when something was rejected", state(null, atSecond(610)), "rejected"],
    ["does not work when the newest was rejected", state(atSecond(605), atSecond(610)), "rejected"],
    ["works again when the newest was let in", state(atSecond(615), atSecond(610)), "working"],
    [
      "works when an event is newer than the rejection, though the use was noted before",
      state(atSecond(590), atSecond(610), atSecond(612)),
      "working",
    ],
  ])("%s", (_, known, outcome) => {
    expect(diagnoseSetup(known, since).outcome).toBe(outcome);
  });
});
