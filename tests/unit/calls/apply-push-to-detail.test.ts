import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CallDetail } from "@/lib/calls/detail";
import { lineSources, type SourceLine } from "@/lib/calls/line";
import type { ToolCall } from "@/lib/calls/parts";
import { applyPushToDetail } from "@/lib/live/apply-to-detail";
import type { Added, Push } from "@/lib/realtime/push";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeAlert } from "@/tests/support/makers/make-alert";
import { makeCall } from "@/tests/support/makers/make-call";
import { makeDetail } from "@/tests/support/makers/make-detail";
import { makeMark, makeSourceLine } from "@/tests/support/makers/make-speech-facts";

const line = (id: string, differences: Partial<SourceLine> = {}) => makeSourceLine({ id, ...differences });

function push(version: number, added: Partial<Added> = {}, previousVersion = version - 1): Push {
  const rows = { lines: [], marks: [], toolCalls: [], ...added };
  return { kind: "call", call: makeCall({ version }), previousVersion, added: rows };
}

const asked: ToolCall = {
  id: "tool-1",
  toolCallId: "call_1",
  name: "book",
  arguments: {},
  askedAt: atSecond(3),
  answeredAt: null,
  result: null,
  error: null,
};

describe("the call page after a push", () => {
  test("rows are merged by ID and sorted by time, even if a push is repeated", () => {
    const added = { lines: [line("b", { at: atSecond(2) }), line("a")] };
    const once = applyPushToDetail(makeDetail(), push(5, added)).next;
    expect(once.lines.map(({ id }) => id)).toEqual(["a", "b"]);
    expect(applyPushToDetail(once, push(5, added)).next).toEqual(once);
  });

  test("a push that skips a version marks the page as stale", () => {
    expect(applyPushToDetail(makeDetail(), push(6, {}, 5)).stale).toBe(true);
    expect(applyPushToDetail(makeDetail(), push(6, {}, 4)).stale).toBe(false);
  });

  test("a late push adds its rows but does not replace the newer call", () => {
    const { next, stale } = applyPushToDetail(makeDetail(), push(3, { lines: [line("a")] }));
    expect([next.call.version, next.lines.length, stale]).toEqual([4, 1, false]);
  });

  test("a longer version of a line replaces the shorter one, never the reverse", () => {
    const long = line("a", { text: "Hello, is anybody there?" });
    const { next } = applyPushToDetail(makeDetail({ heard: [line("a")] }), push(5, { lines: [long] }));
    expect(next.lines).toMatchObject([{ id: "a", text: long.text }]);
    expect(applyPushToDetail(next, push(6, { lines: [line("a")] })).next.lines).toEqual(next.lines);
  });

  test("a line from a better source replaces only the words it shares with the existing line", () => {
    const told = { source: "conversation", text: "Hello? Anybody there?" } as const;
    const detail = makeDetail({ heard: [line("a", told)] });
    const { next } = applyPushToDetail(detail, push(5, { lines: [line("b")] }));
    expect(next.lines.map(({ text }) => text)).toEqual(["Hello?", "Anybody there?"]);
    const late = push(6, { lines: [line("a", { ...told, text: "Hello?" })] });
    expect(applyPushToDetail(next, late).next.lines).toEqual(next.lines);
  });

  test("the words of a partial stay if the next partial has different words and no final came between", () => {
    const say = (text: string, second: number): Push => ({
      kind: "partial",
      callId: makeCall().id,
      partial: { role: "user", text, at: atSecond(second) },
    });
    const pushes = [say("I need a plumber", 5), say("hello are you there", 12)];
    const detail = pushes.reduce((known, each) => applyPushToDetail(known, each).next, makeDetail());
    expect(detail.lines).toMatchObject([{ text: "I need a plumber", source: "partial", final: false }]);
    expect(detail.partials).toMatchObject([{ text: "hello are you there" }]);
  });

  test("the newest partial of a role replaces the previous one", () => {
    const say = (text: string, second: number): Push => ({
      kind: "partial",
      callId: makeCall().id,
      partial: { role: "user", text, at: atSecond(second) },
    });
    const said = [say("medical phone", 5), say("medical follow-up", 6), say("medical", 4)];
    const detail = said.reduce((known, each) => applyPushToDetail(known, each).next, makeDetail());
    expect(detail.partials.map(({ text }) => text)).toEqual(["medical follow-up"]);
  });

  test("an answered tool call replaces the open one, regardless of arrival order", () => {
    const done = { ...asked, answeredAt: atSecond(4), result: "Booked." };
    for (const toolCalls of [
      [asked, done],
      [done, asked],
    ]) {
      const detail = toolCalls.reduce(
        (known, each) => applyPushToDetail(known, push(5, { toolCalls: [each] })).next,
        makeDetail(),
      );
      expect(detail.toolCalls).toEqual([done]);
    }
  });

  test("the push that ends the call triggers a refetch, and its repeat does not", () => {
    const call = makeCall({ version: 5, status: "ended", endedAt: atSecond(30) });
    const ended: Push = { kind: "call", call, previousVersion: 4 };
    const { next, stale } = applyPushToDetail(makeDetail(), ended);
    expect(stale).toBe(true);
    expect(applyPushToDetail(next, ended).stale).toBe(false);
  });

  test("a push for another call changes nothing", () => {
    const detail = makeDetail();
    const other: Push = { kind: "call", call: makeCall({ id: "other", version: 99 }), previousVersion: 98 };
    expect(applyPushToDetail(detail, other)).toEqual({ next: detail, stale: false });
    expect(applyPushToDetail(detail, { kind: "stale", callId: "other" }).stale).toBe(false);
  });

  test("an alert of the call is added once, and an alert of another call is ignored", () => {
    const detail = makeDetail();
    const alert = makeAlert();
    expect(applyPushToDetail(detail, { kind: "alert", alert })).toEqual({
      next: { ...detail, alerts: [alert] },
      stale: false,
    });
    const known = makeDetail({ alerts: [alert] });
    expect(applyPushToDetail(known, { kind: "alert", alert }).next).toBe(known);
    const other = makeAlert({ callId: "other" });
    expect(applyPushToDetail(detail, { kind: "alert", alert: other })).toEqual({
      next: detail,
      stale: false,
    });
  });

  test("a push about the call's watchers changes nothing", () => {
    const detail = makeDetail();
    const watchers: Push = { kind: "watchers", callId: detail.call.id, watchers: [] };
    const { next, stale } = applyPushToDetail(detail, watchers);
    expect([next === detail, stale]).toEqual([true, false]);
  });

  test("a push too large to carry its changes triggers a refetch", () => {
    const detail = makeDetail();
    const { next, stale } = applyPushToDetail(detail, { kind: "stale", callId: detail.call.id });
    expect([next === detail, stale]).toEqual([true, true]);
  });

  test("a newer conversation context is shown, an older one is ignored, and a missing one triggers a refetch", () => {
    const detail = makeDetail();
    const { uuid, name } = detail.conversation;
    const change = (version: number): Push => ({
      kind: "conversation",
      uuid,
      conversation: { uuid, name, context: { step: version }, version },
    });
    expect(applyPushToDetail(detail, change(2))).toEqual({
      next: { ...detail, conversation: { uuid, name, context: { step: 2 }, version: 2 } },
      stale: false,
    });
    const old = applyPushToDetail(detail, change(1));
    expect([old.next === detail, old.stale]).toEqual([true, false]);
    expect(applyPushToDetail(detail, { kind: "conversation", uuid, conversation: null }).stale).toBe(true);
  });

  test("a partial of another call is not shown", () => {
    const detail = makeDetail();
    const said: Push = {
      kind: "partial",
      callId: "other",
      partial: { role: "user", text: "Hi", at: atSecond(2) },
    };
    expect(applyPushToDetail(detail, said).next).toBe(detail);
  });

  test("a repeated partial changes nothing", () => {
    const said: Push = {
      kind: "partial",
      callId: makeCall().id,
      partial: { role: "user", text: "Hi", at: atSecond(2) },
    };
    const { next, stale } = applyPushToDetail(makeDetail(), said);
    expect([next.partials.length, stale]).toEqual([1, false]);
    expect(applyPushToDetail(next, said).next).toBe(next);
  });

  test("an ended call keeps the server's lines: late lines and partials are not merged into them", () => {
    const call = makeCall({ status: "ended", endedAt: atSecond(30) });
    const detail = makeDetail({ call, lines: [{ ...line("a"), onlyIn: null }] });
    const late = applyPushToDetail(detail, push(5, { lines: [line("b")] })).next;
    expect([late.heard, late.lines]).toEqual([[], detail.lines]);
    const said: Push = {
      kind: "partial",
      callId: call.id,
      partial: { role: "user", text: "Bye", at: atSecond(29) },
    };
    const { heard, lines } = applyPushToDetail(detail, said).next;
    expect([heard, lines]).toEqual([[], detail.lines]);
  });

  test("moments and tool calls are merged in order of time, and a known moment does not change", () => {
    const [first, second] = [makeMark("hang", null, 2), makeMark("transfer", null, 5)];
    const detail = makeDetail({
      marks: [second],
      toolCalls: [{ ...asked, id: "tool-2", askedAt: atSecond(9) }],
    });
    const changed = { ...second, detail: "elsewhere" };
    const { next } = applyPushToDetail(detail, push(5, { marks: [changed, first], toolCalls: [asked] }));
    expect(next.marks).toEqual([first, second]);
    expect(next.toolCalls.map(({ id }) => id)).toEqual(["tool-1", "tool-2"]);
  });

  test("the earlier of two answers to a tool call wins, regardless of arrival order", () => {
    const [first, second] = [4, 5].map((at) => ({ ...asked, answeredAt: atSecond(at), result: `at ${at}` }));
    for (const order of [
      [first, second],
      [second, first],
    ]) {
      const detail = order.reduce(
        (known, each) => applyPushToDetail(known, push(5, { toolCalls: each ? [each] : [] })).next,
        makeDetail(),
      );
      expect(detail.toolCalls).toEqual([first]);
    }
  });

  test("an older push that arrives after the end does not trigger another refetch", () => {
    const call = makeCall({ version: 9, status: "ended", endedAt: atSecond(30) });
    const old: Push = { kind: "call", call: { ...call, version: 8 }, previousVersion: 7 };
    expect(applyPushToDetail(makeDetail({ call }), old)).toMatchObject({ stale: false, next: { call } });
  });

  test("the page ends up the same regardless of the order and repetition of pushes", () => {
    const anyLine = fc.record({
      id: fc.constantFrom("a", "b", "c", "d"),
      role: fc.constantFrom("user" as const, "assistant" as const),
      text: fc.string({ maxLength: 5 }),
      at: fc.integer({ min: 0, max: 9 }).map(atSecond),
      source: fc.constantFrom(...lineSources),
      final: fc.constant(true as const),
      endedAt: fc.constant(null),
      isTimed: fc.constant(true),
      notBefore: fc.constant(null),
    });
    const oneOfEach = fc.uniqueArray(anyLine, {
      selector: (each) => `${each.source} ${each.id} ${each.text}`,
    });
    // An ID implies one source, one voice and one time.
    const sameTimes = (lines: SourceLine[]) =>
      lines.map((each) => ({
        ...each,
        id: `${each.source} ${each.id}`,
        role: "user" as const,
        at: atSecond(each.id.charCodeAt(0)),
      }));
    const partial = fc.record({
      role: fc.constantFrom("user" as const, "assistant" as const),
      text: fc.string({ maxLength: 5 }),
      at: fc.integer({ min: 0, max: 9 }).map(atSecond),
    });
    fc.assert(
      fc.property(
        oneOfEach.map(sameTimes),
        fc.array(partial),
        fc.infiniteStream(fc.nat()),
        (lines, partials, dice) => {
          const pushes: Push[] = [
            ...lines.map((each, index) => push(5 + index, { lines: [each] })),
            ...partials.map((each): Push => ({ kind: "partial", callId: makeCall().id, partial: each })),
          ];
          const shuffled = [...pushes, ...pushes]
            .map((each) => ({ each, key: dice.next().value ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ each }) => each);
          expect(page(shuffled)).toEqual(page(pushes));
        },
      ),
    );
  });
});

function page(pushes: readonly Push[]): CallDetail {
  const detail = pushes.reduce((known, each) => applyPushToDetail(known, each).next, makeDetail());
  return { ...detail, partials: detail.partials.toSorted((a, b) => (a.role < b.role ? -1 : 1)) };
}
