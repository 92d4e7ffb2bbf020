import { describe, expect, test } from "vitest";
import { holdEvents } from "@/components/events/use-event-log";
import { joinEvents } from "@/lib/events/queries";
import { makeEvent } from "@/tests/support/makers/make-event";

const [e1, e2, e3, e4, e5] = [makeEvent(1), makeEvent(2), makeEvent(3), makeEvent(4), makeEvent(5)];

describe("the event log", () => {
  test("shows every event while it is not held", () => {
    expect(holdEvents([e3, e2], null)).toEqual({ events: [e3, e2], waiting: 0 });
  });

  test("adds nothing above or between held events, and counts the waiting ones", () => {
    const held = new Set([e4.key, e2.key]);
    expect(holdEvents([e5, e4, e3, e2], held)).toEqual({ events: [e4, e2], waiting: 2 });
  });

  test("still loads older events while it is held", () => {
    expect(holdEvents([e5, e4, e3, e2, e1], new Set([e4.key, e3.key])).events).toEqual([e4, e3, e2, e1]);
  });
});

describe("merging known and new events", () => {
  test("lists each event once, in its latest state, newest first", () => {
    const again = { ...e2, repeats: 1 };
    expect(joinEvents([e3, e2, e1], [e4, again])).toEqual([e4, e3, again, e1]);
  });
});
