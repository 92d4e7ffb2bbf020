import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import type { Facts } from "@/db/queries/record/facts";
import { recordEvents } from "@/db/queries/record/record-events";
import { events } from "@/db/schema/events";
import { projectReport } from "@/lib/reports/server/project-report";
import {
  makeDelivery,
  readRows,
  recordBothWays,
  type Stated,
  second,
} from "@/tests/support/database/record-facts";
import { permute } from "@/tests/support/deliveries/permute";

const key = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

const line = (n: number, text: string, at: number, more: object = {}) => ({
  key: key(n),
  role: "user" as const,
  source: "transcript" as const,
  text,
  at: second(at),
  ...more,
});

const mark = (n: number, at: number) => ({ key: key(n), kind: "hang" as const, role: null, at: second(at) });

/** A tool call, answered unless `result` is null. */
const tool = (id: string, result: string | null, rank: number, warnings: string[] | null = null) => ({
  id,
  name: "find_slot",
  arguments: { day: "Thursday" },
  asked: "",
  askedAt: second(3),
  answeredAt: result === null ? null : second(4),
  result,
  error: null,
  warnings,
  rank,
});

const reported = (summary: string, at: number) => {
  const { report } = projectReport({ analysis: { summary } }, second(at));
  return report ? { report } : {};
};

const monitor = (digest: string, urls: { control?: string; listen?: string }) => ({
  sealedControlUrl: urls.control ?? null,
  sealedListenUrl: urls.listen ?? null,
  isControlOff: false,
  isListenOff: false,
  digest,
});

/** Three deliveries that state every kind of row, each with the winning value of some. */
const three: Stated[] = [
  {
    call: {
      ...{ status: "in-progress", statusRank: 30, createdAt: second(8), maxSeconds: 600, hangs: 1 },
      ...{ customerName: "Zoe", customerNameRank: 10, userStoppedAt: second(3), lastEventAt: second(9) },
      ...{
        lastLineRole: "user" as const,
        lastLineText: "Thurs",
        lastLineRank: 10,
        costUsd: 0.3,
        costRank: 30,
      },
    },
    lines: [
      line(1, "Thurs", 2, { endedAt: second(3) }),
      line(2, "I need", 3, { source: "partial" }),
      line(3, "At ten", 11),
    ],
    marks: [mark(1, 4), mark(2, 8)],
    toolCalls: [tool("call_1", "10:15", 2), tool("call_2", null, 0, ["Too large"])],
    ...reported("b", 20),
    monitor: monitor("one", { control: "sealed control" }),
  },
  {
    call: {
      ...{ status: "ringing", statusRank: 20, createdAt: second(4), maxSeconds: 900, hangs: 2 },
      ...{ customerName: "Ann", customerNameRank: 20, userStoppedAt: second(7), lastEventAt: second(10) },
      ...{
        lastLineRole: "assistant" as const,
        lastLineText: "Yes?",
        lastLineRank: 30,
        costUsd: 0.2,
        costRank: 20,
      },
    },
    lines: [line(1, "Thursday morning", 6), line(2, "I need a", 5, { source: "partial" })],
    marks: [mark(2, 8), mark(3, 12)],
    toolCalls: [tool("call_1", "11:30", 1, ["Slow"]), tool("call_2", "9:45", 1)],
    ...reported("c", 20),
    monitor: monitor("two", { listen: "sealed listen" }),
  },
  {
    call: {
      ...{ status: "queued", statusRank: 10, createdAt: second(6), hangs: 0 },
      ...{ customerName: "Mia", customerNameRank: 20, userStoppedAt: second(5), lastEventAt: second(8) },
      ...{ lastLineRole: "user" as const, lastLineText: "No", lastLineRank: 20, costUsd: 0.9, costRank: 10 },
    },
    lines: [
      line(1, "Thursday", 4, { endedAt: second(7), notBefore: second(1) }),
      line(2, "I", 1, { source: "partial" }),
    ],
    marks: [mark(1, 4)],
    toolCalls: [tool("call_1", null, 0), tool("call_2", "9:45", 1, ["Slow"])],
    ...reported("a", 25),
    monitor: monitor("two", { listen: "sealed listen" }),
  },
];

test("joins: three deliveries in one statement leave the same rows as in three statements, in every order", async () => {
  const results = [];
  for (const order of permute(three)) results.push(await recordBothWays(...order));
  // The digest is the last delivery's; everything else is the same in every order.
  const lasting = results.map(({ monitors, ...rows }) => ({
    ...rows,
    monitors: monitors.map(({ digest: _, ...rest }) => rest),
  }));
  expect(lasting).toEqual(Array(6).fill(lasting[0]));
  expect(lasting[0]).toMatchObject({
    row: {
      ...{ version: 3, hangs: 3, status: "in-progress", createdAt: second(4), maxSeconds: 900 },
      ...{ customerName: "Mia", userStoppedAt: second(7), lastLineText: "Yes?", costUsd: 0.3 },
    },
    lines: [
      { text: "Thursday morning", at: second(2), endedAt: second(7), notBefore: second(1) },
      { text: "I need a", at: second(5) },
      { text: "At ten" },
    ],
    marks: [{ at: second(4) }, { at: second(8) }, { at: second(12) }],
    toolCalls: [
      { result: "10:15", rank: 2, warnings: ["Slow"] },
      { result: "9:45", rank: 1, warnings: ["Too large"] },
    ],
    report: [{ summary: "a" }],
    monitors: [{ sealedControlUrl: "sealed control", sealedListenUrl: "sealed listen" }],
  });
});

test("joins: three rows with the same key in one statement merge into one row", async () => {
  const lineKey = randomUUID();
  const line = (text: string, n: number): Facts => ({
    lines: [
      { key: lineKey, role: "user", source: "transcript", text, at: second(n), endedAt: second(n + 1) },
    ],
  });
  const partial = (text: string, n: number): Facts => ({
    lines: [{ key: lineKey, role: "user", source: "partial", text, at: second(n) }],
  });
  const { row, lines } = await recordBothWays(
    line("Thursday", 4),
    line("Thursday morning", 6),
    line("Thurs", 2),
  );
  expect(row).toMatchObject({ version: 3 });
  expect(lines).toMatchObject([{ text: "Thursday morning", at: second(2), endedAt: second(7) }]);
  expect(
    (await recordBothWays(partial("I need", 3), partial("I need a", 5), partial("I", 1))).lines,
  ).toMatchObject([{ text: "I need a", at: second(5) }]);
});

test("joins: a delivery repeated within one statement is recorded once, and each repeat is counted", async () => {
  const callId = randomUUID();
  const delivery = makeDelivery(callId, { call: { hangs: 1 } });
  const later = { ...delivery, event: { ...delivery.event, receivedAt: second(40) } };
  const other = makeDelivery(callId, {});
  const recorded = await recordEvents(db.$client, [delivery, other, later, delivery]);
  expect(recorded.map(({ isFresh, call }) => [isFresh, call?.version])).toEqual([
    [true, 1],
    [true, 2],
    [false, undefined],
    [false, undefined],
  ]);
  await recordEvents(db.$client, [delivery, delivery]);
  expect((await readRows(callId)).row).toMatchObject({ version: 2, hangs: 1 });
  const [event] = await db.select().from(events).where(eq(events.key, delivery.event.key));
  expect(event).toMatchObject({ repeats: 4, receivedAt: second(0), repeatedAt: second(0) });
});
