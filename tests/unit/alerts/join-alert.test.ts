import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addAlert, joinAlert } from "@/lib/alerts/actions";
import type { Alert } from "@/lib/alerts/alert";
import { noActions } from "@/lib/alerts/alert";
import { applyPushToAlerts } from "@/lib/live/apply";
import { applyPushToDetail } from "@/lib/live/apply-to-detail";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeAlert } from "@/tests/support/makers/make-alert";
import { makeCall } from "@/tests/support/makers/make-call";
import { makeDetail } from "@/tests/support/makers/make-detail";

const amy = { id: "amy", name: "Amy" };
const acknowledged = {
  ...noActions,
  version: 1,
  acknowledged: { by: amy, at: atSecond(13) },
  log: [{ kind: "acknowledge" as const, by: amy, at: atSecond(13), text: null, assignee: null }],
};

/** States one alert goes through; the call's version and the actions' version grow independently. */
const anyState: fc.Arbitrary<Alert> = fc
  .record({ callVersion: fc.integer({ min: 4, max: 9 }), isAcknowledged: fc.boolean() })
  .map(({ callVersion, isAcknowledged }) =>
    makeAlert({
      callVersion,
      hangs: Math.min(callVersion - 3, 3),
      ...(callVersion > 7 && { closedAt: atSecond(15), outcome: "recovered" }),
      acts: isAcknowledged ? acknowledged : noActions,
    }),
  );

describe("two versions of one alert", () => {
  test("merge to the same result in any order and with repeats", () => {
    fc.assert(
      fc.property(fc.array(anyState, { minLength: 1, maxLength: 6 }), fc.nat(), (states, seed) => {
        const shuffled = [...states, ...states].sort(
          (a, b) => ((a.callVersion * 7 + seed) % 5) - ((b.callVersion * 7 + seed) % 5),
        );
        expect(shuffled.reduce(joinAlert)).toEqual(states.reduce(joinAlert));
      }),
    );
  });

  test("merge events and actions separately, so neither undoes the other", () => {
    const closed = makeAlert({ callVersion: 9, closedAt: atSecond(15), outcome: "recovered" });
    const seen = makeAlert({ callVersion: 5, acts: acknowledged });
    expect(joinAlert(closed, seen)).toEqual({ ...closed, acts: acknowledged });
    expect(joinAlert(seen, closed)).toEqual({ ...closed, acts: acknowledged });
  });
});

describe("two copies of the same version of an alert", () => {
  const joined = (a: Alert, b: Alert) => {
    expect(joinAlert(b, a)).toEqual(joinAlert(a, b));
    return joinAlert(a, b);
  };

  test("merge as closed if either is closed, and with the higher warning count", () => {
    const open = makeAlert();
    const closed = makeAlert({ closedAt: atSecond(15), outcome: "recovered" });
    expect(joined(open, closed)).toEqual(closed);
    const warned = makeAlert({ hangs: 2 });
    expect(joined(open, warned)).toEqual(warned);
  });

  test("keep an action that is still being sent", () => {
    const waiting = { ...acknowledged, version: 0 };
    expect(joined(makeAlert(), makeAlert({ acts: waiting })).acts).toEqual(waiting);
  });

  test("prefer the server's state over an action on an earlier version", () => {
    const waiting = { ...acknowledged, version: 0, log: [...acknowledged.log, ...acknowledged.log] };
    expect(joined(makeAlert({ acts: waiting }), makeAlert({ acts: acknowledged })).acts).toEqual(
      acknowledged,
    );
  });
});

describe("a cached list of alerts", () => {
  test("puts a new alert first and updates a known one in place", () => {
    const [alert, other] = [makeAlert(), makeAlert({ since: atSecond(2) })];
    expect(addAlert([other], alert)).toEqual([alert, other]);
    const seen = makeAlert({ acts: acknowledged });
    expect(addAlert([other, alert], seen)).toEqual([other, seen]);
  });

  test("adds an unknown alert from a push and merges a known one", () => {
    const alert = makeAlert();
    const { next } = applyPushToAlerts([], { kind: "alert", alert });
    expect(next).toEqual([alert]);
    const seen = makeAlert({ acts: acknowledged });
    expect(applyPushToAlerts(next, { kind: "alert", alert: seen }).next).toEqual([seen]);
  });

  test("stays the same object when a push contains nothing new", () => {
    const alerts = [makeAlert({ acts: acknowledged })];
    // As it arrives from the network: equal, but not the same object.
    const again = makeAlert({ acts: structuredClone(acknowledged) });
    expect(applyPushToAlerts(alerts, { kind: "alert", alert: again }).next).toBe(alerts);
    expect(applyPushToAlerts(alerts, { kind: "call", call: makeCall(), previousVersion: 3 })).toEqual({
      next: alerts,
      stale: false,
    });
  });

  test("is stale if a call has ended while its alert is still open, because a push was lost", () => {
    const call = makeCall({ status: "ended", endedAt: atSecond(20) });
    const push = { kind: "call", call, previousVersion: 3 } as const;
    expect(applyPushToAlerts([makeAlert()], push).stale).toBe(true);
    expect(applyPushToAlerts([makeAlert({ callId: "another" })], push).stale).toBe(false);
  });
});

test("alerts: a call's page adds the call's own alerts and no other call's", () => {
  const detail = makeDetail();
  const push = { kind: "alert", alert: makeAlert() } as const;
  const { next, stale } = applyPushToDetail(detail, push);
  expect([next.alerts, stale]).toEqual([[makeAlert()], false]);
  expect(applyPushToDetail(next, push).next).toBe(next);
  const foreign = { kind: "alert", alert: makeAlert({ callId: "another" }) } as const;
  expect(applyPushToDetail(detail, foreign).next).toBe(detail);
});
