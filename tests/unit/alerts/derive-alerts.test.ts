import { describe, expect, test } from "vitest";
import { fromRecord } from "@/db/rows";
import { type AlertRow, alerts } from "@/db/schema/alerts";
import type { CallRow } from "@/db/schema/calls";
import { untouchedAlert } from "@/lib/alerts/actions";
import { toAlertId } from "@/lib/alerts/alert";
import { alertRulesSetting } from "@/lib/alerts/rules";
import { deriveAlerts, isUnchanged } from "@/lib/alerts/server/derive";
import type { SpeechFacts } from "@/lib/alerts/silences";
import type { Mark } from "@/lib/calls/parts";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeCallRow } from "@/tests/support/makers/make-call-row";
import { hangs, makeSpeechFacts, speaks } from "@/tests/support/makers/make-speech-facts";

const at = (second: number) => new Date(atSecond(second));
const rules = alertRulesSetting.initial;
const asked = speaks("user", 5, 8);

function noticed(differences: Partial<AlertRow> = {}): AlertRow {
  const since = differences.since ?? at(8);
  return {
    ...fromRecord(alerts, {}),
    ...untouchedAlert,
    id: toAlertId(makeCallRow().id, since.toISOString()),
    callId: makeCallRow().id,
    kind: "no-answer",
    since,
    openedAt: at(18),
    hangs: 0,
    outcome: "open",
    callVersion: 3,
    ...differences,
  };
}

const derive = (heard: SpeechFacts, second: number, known: AlertRow[] = [], call: Partial<CallRow> = {}) =>
  deriveAlerts(
    { call: makeCallRow(call), heard, known: known.map((row) => ({ row, log: [] })) },
    rules,
    at(second),
  );

describe("a call's alerts", () => {
  test("are derived from speech and marks, and carry the call's version and assistant", () => {
    expect(derive(makeSpeechFacts(asked), 17.9)).toEqual([]);
    const [found, ...more] = derive(makeSpeechFacts(asked), 18, [], {
      assistantId: "clinic",
      assistantName: "Clinic",
    });
    expect(more).toEqual([]);
    const { id, callId, kind, since, openedAt, hangs: warnings, closedAt, outcome } = noticed();
    expect(found).toEqual({
      id,
      callId,
      kind,
      since,
      openedAt,
      hangs: warnings,
      closedAt,
      outcome,
      callVersion: 4,
      assistant: "clinic",
      rule: null,
    });
  });

  test("close as recovered when the assistant answers", () => {
    const answered = makeSpeechFacts([...asked, ...speaks("assistant", 21, 22)]);
    expect(derive(answered, 23)).toMatchObject([{ closedAt: at(21), outcome: "recovered" }]);
  });

  test("are not opened by elapsed time alone once no events have arrived for five minutes", () => {
    const lastEventAt = at(100);
    const quiet = makeSpeechFacts([...speaks("user", 5, 95), ...speaks("assistant", 96, 99)]);
    expect(derive(quiet, 9_999, [], { lastEventAt })).toHaveLength(1);
    const late = makeSpeechFacts([...speaks("user", 5, 95), ...speaks("assistant", 96, 390)]);
    expect(derive(late, 9_999, [], { lastEventAt })).toEqual([]);
  });

  test("that are stored stay open after a late event with an earlier timestamp", () => {
    const known = noticed();
    expect(derive(makeSpeechFacts(asked), 10, [known])).toMatchObject([{ id: known.id, closedAt: null }]);
    expect(derive(makeSpeechFacts(asked), 10)).toEqual([]);
  });

  test("that late speech disproves are withdrawn, whether open on a live call or closed on an ended one", () => {
    const filled = [...asked, ...speaks("assistant", 9, 17)];
    const known = noticed();
    const withdrawn = { id: known.id, kind: "no-answer", since: at(8), openedAt: at(18), closedAt: at(18) };
    expect(derive(makeSpeechFacts(filled), 20, [known])).toEqual([
      {
        ...withdrawn,
        callId: known.callId,
        hangs: 0,
        outcome: "withdrawn",
        callVersion: 4,
        assistant: null,
        rule: null,
      },
    ]);
    const closed = noticed({ closedAt: at(19), outcome: "recovered" });
    const over = makeSpeechFacts(filled, { endedAt: atSecond(19) });
    expect(derive(over, 20, [closed])).toMatchObject([{ ...withdrawn, outcome: "withdrawn" }]);
  });

  test("that late speech disproves are withdrawn at once, even if its event has a timestamp before they opened", () => {
    const filled = makeSpeechFacts([...asked, ...speaks("assistant", 9, 17)]);
    expect(derive(filled, 10, [noticed()])).toMatchObject([{ outcome: "withdrawn" }]);
  });

  test("that late speech disproves are kept if someone acted on them, closed at the time they opened", () => {
    const filled = [...asked, ...speaks("assistant", 9, 17)];
    const acted = noticed({ actsVersion: 1 });
    expect(derive(makeSpeechFacts(filled), 20, [acted])).toMatchObject([
      { closedAt: at(18), outcome: "recovered" },
    ]);
    const over = makeSpeechFacts(filled, { endedAt: atSecond(19) });
    expect(derive(over, 20, [acted])).toMatchObject([{ outcome: "call-ended" }]);
    expect(derive(over, 20, [noticed({ actsVersion: 1, closedAt: at(19) })])).toEqual([]);
  });

  test("that changed rules would no longer raise are kept, closed at the time they opened", () => {
    const lenient = { ...rules, noAnswerSeconds: 60, silenceSeconds: 90 };
    const facts = {
      call: makeCallRow(),
      heard: makeSpeechFacts(asked),
      known: [{ row: noticed(), log: [] }],
    };
    expect(deriveAlerts(facts, lenient, at(20))).toMatchObject([{ closedAt: at(18), outcome: "recovered" }]);
  });

  test("that changed rules would no longer raise stay closed at their opening time even if a later alert opens", () => {
    const lenient = { ...rules, noAnswerSeconds: 60, silenceSeconds: 90 };
    const heard = makeSpeechFacts([
      ...asked,
      ...speaks("assistant", 30, 32),
      ...speaks("user", 33, 35),
      hangs(38),
    ]);
    const earlier = { call: makeCallRow(), heard, known: [{ row: noticed(), log: [] }] };
    const found = deriveAlerts(earlier, lenient, at(40));
    expect(found).toHaveLength(2);
    expect(found).toContainEqual(
      expect.objectContaining({ id: noticed().id, closedAt: at(18), outcome: "recovered" }),
    );
  });

  test("that changed rules would no longer raise stay closed at their opening time after an earlier closed episode", () => {
    const lenient = { ...rules, noAnswerSeconds: 60, silenceSeconds: 90 };
    const heard = makeSpeechFacts([
      ...asked,
      hangs(12),
      ...speaks("assistant", 14, 16),
      ...speaks("user", 17, 20),
    ]);
    const row = noticed({ since: at(20), openedAt: at(26) });
    const found = deriveAlerts({ call: makeCallRow(), heard, known: [{ row, log: [] }] }, lenient, at(28));
    expect(found).toMatchObject([
      { kind: "hang", closedAt: at(14) },
      { id: row.id, closedAt: at(26), outcome: "recovered" },
    ]);
  });

  test("that changed rules would no longer raise stay separate from an episode that ends as they begin or begins as they end", () => {
    const lenient = { ...rules, noAnswerSeconds: 60, silenceSeconds: 90 };
    const deriveLeniently = (marks: readonly Mark[], row: AlertRow) =>
      deriveAlerts(
        { call: makeCallRow(), heard: makeSpeechFacts(marks), known: [{ row, log: [] }] },
        lenient,
        at(40),
      );
    const answered = speaks("assistant", 14, 14);
    const after = noticed({ kind: "silence", since: at(14), openedAt: at(34) });
    expect(deriveLeniently([...asked, hangs(12), ...answered], after)).toMatchObject([
      { kind: "hang", closedAt: at(14) },
      { id: after.id, closedAt: at(34), outcome: "recovered" },
    ]);
    const before = noticed({ closedAt: at(20), outcome: "recovered" });
    const later = speaks("assistant", 20, 20);
    expect(deriveLeniently([...asked, ...later, hangs(25)], before)).toMatchObject([
      { kind: "hang", since: at(20), closedAt: null },
    ]);
  });

  test("that a rule raised stay open for at least 15 minutes after the call ends, then close", () => {
    const rule = { id: "r", name: "Complaint", evidence: { text: "help" } };
    const fired = noticed({ kind: "rule", rule: JSON.parse(JSON.stringify(rule)), openedAt: at(18) });
    const { id, callId, kind, since, openedAt, hangs: warnings, callVersion, assistant } = fired;
    const same = { id, callId, kind, since, openedAt, hangs: warnings, callVersion, assistant, rule };
    const live = [{ ...same, closedAt: null, outcome: "open" }];
    const said = [...asked, ...speaks("assistant", 9, 10)];
    expect(derive(makeSpeechFacts(said), 12, [fired])).toEqual(live);
    const over = makeSpeechFacts(said, { endedAt: atSecond(30) });
    const minutes = (count: number) => 30 + 60 * count;
    expect(derive(over, minutes(15) - 0.001, [fired])).toEqual(live);
    expect(derive(over, minutes(15), [fired])).toEqual([
      { ...same, closedAt: at(30), outcome: "call-ended", callVersion: 4 },
    ]);
    const atEnd = { ...fired, openedAt: at(40) };
    expect(derive(over, minutes(15), [atEnd])).toMatchObject([{ closedAt: null, outcome: "open" }]);
    expect(derive(over, minutes(16), [atEnd])).toMatchObject([{ closedAt: at(40) }]);
    const closed = { ...fired, closedAt: at(31), outcome: "call-ended" as const };
    expect(derive(over, minutes(20), [closed])).toMatchObject([{ closedAt: at(31), callVersion: 3 }]);
  });

  test("that late events join into one episode become one alert, and the others are withdrawn", () => {
    const first = noticed({
      kind: "hang",
      openedAt: at(12),
      hangs: 1,
      closedAt: at(13),
      outcome: "recovered",
    });
    const second = noticed({ kind: "hang", since: at(13), openedAt: at(14), hangs: 1 });
    expect(derive(makeSpeechFacts([...asked, hangs(12), hangs(14)]), 20, [first, second])).toMatchObject([
      { id: first.id, hangs: 2, outcome: "open" },
      { id: second.id, closedAt: at(14), outcome: "withdrawn" },
    ]);
  });

  test("that are stored keep their IDs when a late event moves their start", () => {
    const moved = noticed({ since: at(9) });
    expect(derive(makeSpeechFacts(asked), 20, [moved])).toMatchObject([{ id: moved.id, since: at(8) }]);
  });

  test("that are closed do not change when derived as of an earlier time", () => {
    const closed = noticed({ closedAt: at(19), outcome: "recovered" });
    const answered = makeSpeechFacts([...asked, ...speaks("assistant", 19, 20)]);
    expect(derive(answered, 10, [closed])).toEqual([]);
    expect(derive(answered, 10, [noticed()])).toMatchObject([{ outcome: "recovered" }]);
  });
});

describe("a stored alert", () => {
  const [found] = derive(makeSpeechFacts([...asked, hangs(12)]), 18);
  if (!found) throw new Error("the call has no alert");
  const kept = noticed({ ...found, callVersion: 2 });

  test("is not rewritten while unchanged, regardless of the call's version", () => {
    expect(isUnchanged(kept, found)).toBe(true);
    const both = { closedAt: at(20), outcome: "recovered" as const };
    expect(isUnchanged({ ...kept, ...both }, { ...found, ...both })).toBe(true);
  });

  test.each([
    ["nothing was kept", undefined],
    ["another kind", { kind: "silence" as const }],
    ["another beginning", { since: at(7) }],
    ["another opening", { openedAt: at(13) }],
    ["more warnings", { hangs: 2 }],
    ["an end", { closedAt: at(20) }],
    ["another outcome", { outcome: "recovered" as const }],
    ["another assistant", { assistant: "clinic" }],
  ])("is rewritten if it differs: %s", (_, differences) => {
    expect(isUnchanged(differences && { ...kept, ...differences }, found)).toBe(false);
  });
});
