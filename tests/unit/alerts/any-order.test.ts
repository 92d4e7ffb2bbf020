import fc from "fast-check";
import { expect, test } from "vitest";
import { fromRecord } from "@/db/rows";
import { type AlertRow, alerts } from "@/db/schema/alerts";
import { untouchedAlert } from "@/lib/alerts/actions";
import { alertRulesSetting } from "@/lib/alerts/rules";
import { deriveAlerts } from "@/lib/alerts/server/derive";
import type { SourceLine } from "@/lib/calls/line";
import type { Mark } from "@/lib/calls/parts";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeCallRow } from "@/tests/support/makers/make-call-row";
import { hangs, makeLine, makeSpeechFacts, speaks } from "@/tests/support/makers/make-speech-facts";

type Sign = { mark: Mark } | { line: SourceLine };

const endsAt = atSecond(90);
const second = fc.integer({ min: 1, max: 60 });
const speaker = fc.constantFrom("user" as const, "assistant" as const);
const voice = fc
  .tuple(speaker, second, fc.integer({ min: 0, max: 6 }))
  .map(([role, from, length]) => speaks(role, from, from + length).map((mark): Sign => ({ mark })));
const words = fc.tuple(speaker, second).map(([role, at]): Sign[] => [{ line: makeLine(role, at) }]);
const warning = second.map((at): Sign[] => [{ mark: hangs(at) }]);
const signs = fc
  .array(fc.oneof({ weight: 2, arbitrary: voice }, words, warning), { minLength: 1, maxLength: 8 })
  .map((all) => all.flat());

/** The alerts listed at the end of a call whose signs arrived one by one, each processed at once. */
function noticeOneByOne(all: readonly Sign[]) {
  const known = new Map<string, AlertRow>();
  const notice = (some: readonly Sign[], endedAt: string | null) => {
    const marks = some.flatMap((sign) => ("mark" in sign ? [sign.mark] : []));
    const lines = some.flatMap((sign) => ("line" in sign ? [sign.line] : []));
    const moments = [...marks, ...lines].map(({ at }) => at);
    const now = new Date(endedAt ?? moments.toSorted().at(-1) ?? endsAt);
    const facts = {
      call: makeCallRow({ lastEventAt: now }),
      heard: makeSpeechFacts(marks, { lines, endedAt }),
      known: [...known.values()].map((row) => ({ row, log: [] })),
    };
    for (const found of deriveAlerts(facts, alertRulesSetting.initial, now)) {
      const row = known.get(found.id) ?? { ...fromRecord(alerts, {}), ...untouchedAlert };
      known.set(found.id, { ...row, ...found });
    }
  };
  for (let count = 1; count <= all.length; count += 1) notice(all.slice(0, count), null);
  notice(all, endsAt);
  return [...known.values()]
    .filter(({ outcome }) => outcome !== "withdrawn")
    .map(({ id: _, ...row }) => row)
    .sort((a, b) => a.openedAt.getTime() - b.openedAt.getTime());
}

const momentOf = (sign: Sign) => ("mark" in sign ? sign.mark : sign.line).at;

test("alerts: a call gets the same alerts in whatever order its marks and lines arrive", () => {
  const shuffled = signs.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  );
  fc.assert(
    fc.property(shuffled, ([all, inAnyOrder]) => {
      const inTurn = all.toSorted((a, b) => (momentOf(a) < momentOf(b) ? -1 : 1));
      expect(noticeOneByOne(inAnyOrder)).toEqual(noticeOneByOne(inTurn));
    }),
    { numRuns: 300 },
  );
});
