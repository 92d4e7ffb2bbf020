import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Call } from "@/lib/calls/call";
import { isOnBoard } from "@/lib/calls/call";
import { applyPushToCalls } from "@/lib/live/apply";
import type { Push } from "@/lib/realtime/push";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeCall } from "@/tests/support/makers/make-call";

const pushOf = (call: Call, previousVersion = call.version - 1): Push => ({
  kind: "call",
  call,
  previousVersion,
});

describe("the live list after a push", () => {
  test("an unknown call appears", () => {
    const call = makeCall();
    expect(applyPushToCalls([], pushOf(call))).toMatchObject({ next: [call], stale: false });
  });

  test("a newer version replaces its row and leaves every other row the same object", () => {
    const [other, old] = [makeCall({ id: "other" }), makeCall({ version: 4 })];
    const { next } = applyPushToCalls([other, old], pushOf(makeCall({ version: 5, speaking: "user" })));
    expect(next[0]).toBe(other);
    expect(next[1]?.speaking).toBe("user");
  });

  test("a late or repeated push changes nothing, not even the array", () => {
    const calls = [makeCall({ version: 5 })];
    expect(applyPushToCalls(calls, pushOf(makeCall({ version: 4 }))).next).toBe(calls);
    expect(applyPushToCalls(calls, pushOf(makeCall({ version: 5 }))).next).toBe(calls);
  });

  test("within one version, the call with the later event wins", () => {
    const { next } = applyPushToCalls([makeCall()], pushOf(makeCall({ lastEventAt: atSecond(13) })));
    expect(next[0]?.lastEventAt).toBe(atSecond(13));
  });

  test("a missed push needs no refetch, because the next one carries the whole call", () => {
    expect(applyPushToCalls([makeCall({ version: 4 })], pushOf(makeCall({ version: 9 }))).stale).toBe(false);
  });

  test("a push too large to carry its call triggers a refetch", () => {
    expect(applyPushToCalls([], { kind: "stale", callId: "any" })).toEqual({ next: [], stale: true });
  });

  test("an ended call stays visible for 30 s and is later dropped from the list", () => {
    const ended = makeCall({ status: "ended", endedAt: atSecond(20), version: 5 });
    const { next } = applyPushToCalls([makeCall()], pushOf(ended));
    expect(isOnBoard(ended, Date.parse(atSecond(49)))).toBe(true);
    expect(isOnBoard(ended, Date.parse(atSecond(50)))).toBe(false);
    const later = makeCall({ id: "later", lastEventAt: atSecond(3600) });
    expect(applyPushToCalls(next, pushOf(later)).next).toMatchObject([later]);
  });

  test("the board shows the same calls regardless of the order and repetition of pushes", () => {
    const versions = fc.record({
      id: fc.constantFrom("a", "b", "c"),
      version: fc.integer({ min: 1, max: 9 }),
      ends: fc.boolean(),
    });
    const toPush = ({ id, version, ends }: { id: string; version: number; ends: boolean }) => {
      const at = atSecond(version * 100);
      return pushOf(makeCall({ id, version, lastEventAt: at, endedAt: ends && version > 5 ? at : null }));
    };
    const board = (pushes: readonly Push[]) =>
      pushes
        .reduce<readonly Call[]>((calls, push) => applyPushToCalls(calls, push).next, [])
        .filter((call) => isOnBoard(call, Date.parse(atSecond(900))))
        .map((call) => `${call.id} ${call.version}`)
        .sort();
    fc.assert(
      fc.property(fc.uniqueArray(versions, { selector: (each) => `${each.id} ${each.version}` }), (list) => {
        const pushes = list.map(toPush);
        expect(board([...pushes, ...pushes.toReversed(), ...pushes])).toEqual(board(pushes));
        expect(board(pushes.toReversed())).toEqual(board(pushes));
      }),
    );
  });
});
