import { describe, expect, test } from "vitest";
import {
  callState,
  type OpenAlertsByCall,
  silenceSince,
  sortByNeed,
  toBoardNumbers,
} from "@/lib/calls/state";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeCall } from "@/tests/support/makers/make-call";

const levels = { waitingMs: 5_000, longMs: 10_000 };
const at = (second: number) => Date.parse(atSecond(second));
const none: OpenAlertsByCall = new Map();

describe("live state of a call", () => {
  test.each([
    ["ringing", makeCall({ status: "ringing", startedAt: null, lastSpeechAt: null }), 12],
    ["caller-speaking", makeCall({ speaking: "user" }), 60],
    ["assistant-speaking", makeCall({ speaking: "assistant" }), 60],
    ["caller-speaking", makeCall({ speaking: "user" }), 69.9],
    ["pausing", makeCall({ speaking: "user", lastEventAt: atSecond(60) }), 71],
    ["long-silence", makeCall({ speaking: "user", lastEventAt: atSecond(60) }), 80],
    ["long-silence", makeCall({ speaking: "assistant", lastEventAt: atSecond(60) }), 80],
    ["pausing", makeCall(), 14],
    ["waiting", makeCall(), 15],
    ["long-silence", makeCall(), 20],
    ["hanging", makeCall({ hangingSince: atSecond(9), speaking: "user" }), 12],
    ["forwarding", makeCall({ status: "forwarding" }), 60],
    ["pausing", makeCall({ lastSpeechAt: atSecond(70) }), 71.9],
    ["no-signal", makeCall({ lastSpeechAt: atSecond(70) }), 72],
    ["no-signal", makeCall({ hangingSince: atSecond(9) }), 72],
    ["no-signal", makeCall({ status: "ringing", startedAt: null, lastSpeechAt: null }), 72],
    ["ended", makeCall({ status: "ended", hangingSince: atSecond(9) }), 12],
    ["ended", makeCall({ endedAt: atSecond(11) }), 12],
    ["pausing", makeCall({ startedAt: null, lastSpeechAt: null }), 30],
  ])("the state is %s", (state, call, second) => {
    expect(callState(call, at(second), levels)).toBe(state);
  });

  test("silence is counted from the last speech, or from the start of the call before any speech", () => {
    expect(silenceSince(makeCall(), at(15))).toBe(at(10));
    expect(silenceSince(makeCall({ lastSpeechAt: null }), at(15))).toBe(at(0));
    expect(silenceSince(makeCall({ startedAt: null, lastSpeechAt: null }), at(15))).toBeNull();
    expect(silenceSince(makeCall({ endedAt: atSecond(12) }), at(15))).toBeNull();
  });

  test("silence begins 60 s after the last speech event if the stop was lost", () => {
    const call = makeCall({ speaking: "assistant" });
    expect(silenceSince(call, at(69.999))).toBeNull();
    expect(silenceSince(call, at(70))).toBe(at(70));
    expect(silenceSince(call, at(95))).toBe(at(70));
  });

  test("silence never starts in the future if the clock is behind Vapi's", () => {
    expect(silenceSince(makeCall(), at(8))).toBe(at(8));
  });
});

describe("the board", () => {
  const calls = [
    makeCall({ id: "ended", status: "ended", endedAt: atSecond(29) }),
    makeCall({ id: "older", speaking: "user", startedAt: atSecond(1) }),
    makeCall({ id: "newer", speaking: "user", startedAt: atSecond(5) }),
    makeCall({ id: "silent-shorter", lastSpeechAt: atSecond(20) }),
    makeCall({ id: "silent-longer", lastSpeechAt: atSecond(10) }),
    makeCall({ id: "lost", lastEventAt: "2026-08-01T09:58:00.000Z" }),
    makeCall({ id: "taken", speaking: "user" }),
    makeCall({ id: "alert-later", speaking: "assistant" }),
    makeCall({ id: "alert-first", lastSpeechAt: atSecond(29) }),
  ];
  const alerts = new Map([
    ["lost", { since: atSecond(1), isSeen: false }],
    ["taken", { since: atSecond(2), isSeen: true }],
    ["alert-later", { since: atSecond(20), isSeen: false }],
    ["alert-first", { since: atSecond(10), isSeen: false }],
  ]);

  test("calls are sorted: unacknowledged alerts, acknowledged alerts, longest silence, newest other calls, no signal, ended", () => {
    expect(sortByNeed(calls, at(30), levels, alerts).map(({ id }) => id)).toEqual([
      "alert-first",
      "alert-later",
      "taken",
      "silent-longer",
      "silent-shorter",
      "newer",
      "older",
      "lost",
      "ended",
    ]);
  });

  test("a short pause does not move a row", () => {
    const paused = calls.map((call) =>
      call.id === "older" ? { ...call, speaking: null, lastSpeechAt: atSecond(29) } : call,
    );
    expect(sortByNeed(paused, at(30), levels, alerts).map(({ id }) => id)).toEqual(
      sortByNeed(calls, at(30), levels, alerts).map(({ id }) => id),
    );
  });

  test("calls of equal urgency are sorted by ID, regardless of input order", () => {
    const alike = [makeCall({ id: "b" }), makeCall({ id: "a" }), makeCall({ id: "c" })];
    for (const order of [alike, alike.toReversed()]) {
      expect(sortByNeed(order, at(30), levels, none).map(({ id }) => id)).toEqual(["a", "b", "c"]);
    }
  });

  test("a longer silence comes before a shorter one, and both come before calls with speech", () => {
    const order = [
      makeCall({ id: "talk", speaking: "user", startedAt: atSecond(25) }),
      makeCall({ id: "a-waiting", lastSpeechAt: atSecond(24) }),
      makeCall({ id: "b-long", lastSpeechAt: atSecond(15) }),
    ];
    expect(sortByNeed(order, at(30), levels, none).map(({ id }) => id)).toEqual([
      "b-long",
      "a-waiting",
      "talk",
    ]);
  });

  test("an unanswered call is sorted by its creation time", () => {
    const ringing = { status: "ringing", startedAt: null, lastSpeechAt: null };
    const order = [
      makeCall({ id: "first", ...ringing, createdAt: atSecond(1) }),
      makeCall({ id: "second", speaking: "user", startedAt: atSecond(2), createdAt: atSecond(0) }),
      makeCall({ id: "third", ...ringing, createdAt: atSecond(3) }),
    ];
    expect(sortByNeed(order, at(30), levels, none).map(({ id }) => id)).toEqual(["third", "second", "first"]);
  });

  test("the figures count live and no-signal calls and show the longest call", () => {
    expect(toBoardNumbers(calls, at(30), levels)).toEqual({
      live: 7,
      ringing: 0,
      noSignal: 1,
      longestMs: 30_000,
    });
  });

  test("the figures have no longest call until a call is answered", () => {
    const ringing = makeCall({ status: "ringing", startedAt: null, lastSpeechAt: null });
    expect(toBoardNumbers([ringing], at(12), levels)).toEqual({
      live: 1,
      ringing: 1,
      noSignal: 0,
      longestMs: null,
    });
    expect(toBoardNumbers([ringing, makeCall()], at(12), levels)).toMatchObject({
      ringing: 1,
      longestMs: 12_000,
    });
    expect(toBoardNumbers([], at(12), levels).longestMs).toBeNull();
  });
});
