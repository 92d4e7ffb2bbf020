import { describe, expect, test } from "vitest";
import { describeConflict } from "@/lib/alerts/actions";
import { noActions } from "@/lib/alerts/alert";
import { joinReasons } from "@/lib/alerts/episodes";
import type { Reason } from "@/lib/alerts/rules/rule";
import { atSecond } from "@/tests/support/deliveries/at-second";

const ms = (second: number) => Date.parse(atSecond(second));
const reason = (kind: Reason["kind"], since: number, from: number, until: number | null): Reason => ({
  kind,
  since: ms(since),
  from: ms(from),
  until: until === null ? null : ms(until),
});

describe("the reasons of an alert", () => {
  test("a reason that still holds makes an open alert", () => {
    expect(joinReasons([reason("hang", 2, 5, null)], null)).toEqual([
      {
        kind: "hang",
        since: atSecond(2),
        openedAt: atSecond(5),
        hangs: 1,
        closedAt: null,
        outcome: "open",
      },
    ]);
  });

  test("overlapping reasons form one alert, from the earliest wait to the latest end, in any order", () => {
    const reasons = [reason("silence", 1, 6, 20), reason("hang", 3, 5, 9), reason("hang", 3, 8, 12)];
    for (const order of [reasons, reasons.toReversed()]) {
      expect(joinReasons(order, null)).toEqual([
        {
          kind: "hang",
          since: atSecond(1),
          openedAt: atSecond(5),
          hangs: 2,
          closedAt: atSecond(20),
          outcome: "recovered",
        },
      ]);
    }
  });

  test("a reason that begins as another ends is a separate alert", () => {
    const touching = joinReasons([reason("hang", 1, 2, 5), reason("hang", 5, 5, 7)], null);
    expect(touching.map(({ openedAt }) => openedAt)).toEqual([atSecond(2), atSecond(5)]);
    expect(joinReasons([reason("hang", 1, 2, 5), reason("hang", 4, 4.999, 7)], null)).toHaveLength(1);
  });

  test("an alert stays open as long as any of its reasons still holds", () => {
    const first = reason("hang", 1, 2, null);
    const second = reason("silence", 3, 4, 9);
    expect(joinReasons([first, second], null)).toMatchObject([{ closedAt: null, outcome: "open" }]);
    expect(joinReasons([{ ...second, from: ms(1) }, first], null)).toMatchObject([{ closedAt: null }]);
  });

  test("a reason that ends with the call closes the alert as call-ended, not recovered", () => {
    const [alert] = joinReasons([reason("hang", 1, 2, 9)], ms(9));
    expect(alert).toMatchObject({ closedAt: atSecond(9), outcome: "call-ended" });
  });

  test("without a reason there is no alert", () => {
    expect(joinReasons([], ms(9))).toEqual([]);
  });
});

describe("the conflict message of an alert action", () => {
  const by = { id: "1", name: "Ann" };
  const acknowledged = { at: atSecond(1), by };

  test("names who resolved the alert, for acknowledge, assign and snooze", () => {
    const state = { ...noActions, resolved: { at: atSecond(1), by, text: null }, acknowledged };
    for (const kind of ["acknowledge", "assign", "snooze"] as const) {
      expect(describeConflict(kind, state)).toMatch(/Ann.*resolved/);
    }
  });

  test("names who acknowledged the alert, but only for an acknowledgement", () => {
    expect(describeConflict("acknowledge", { ...noActions, acknowledged })).toMatch(/Ann.*acknowledged/);
    expect(describeConflict("snooze", { ...noActions, acknowledged })).not.toContain("Ann");
    expect(describeConflict("acknowledge", noActions)).not.toContain("acknowledged");
  });

  test("names the assignee, but only for an assignment, and has its own wording if there is none", () => {
    const assigned = describeConflict("assign", { ...noActions, assignee: by });
    expect(assigned).toContain("Ann");
    expect(describeConflict("assign", noActions)).not.toBe(describeConflict("snooze", noActions));
    expect(describeConflict("snooze", { ...noActions, assignee: by })).not.toContain("Ann");
  });
});
