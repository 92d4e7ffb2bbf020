import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { db } from "@/db/client";
import type { Delivery, Facts, MonitorFact } from "@/db/queries/record/facts";
import { recordDelivery } from "@/db/queries/record/record-delivery";
import { recordEvents } from "@/db/queries/record/record-events";
import { callMonitors } from "@/db/schema/control";
import { readFacts } from "@/tests/support/database/read-facts";

/** A time within the minute that these facts are from. */
export const second = (n: number) => new Date(Date.UTC(2026, 0, 15, 9, 0, n));

/** Facts stated by every event of a call, with the lowest rank. */
const basis = { status: "scheduled", statusRank: 0, createdAt: second(30), lastEventAt: second(0) };

export type Stated = Facts & { monitor?: MonitorFact };

/** A delivery that states these facts of a call, as an event of its own. */
export function makeDelivery(
  callId: string,
  { monitor, ...facts }: Stated,
  conversationId = callId,
): Delivery {
  return {
    event: {
      key: randomUUID(),
      type: "test",
      outcome: "recorded",
      at: second(0),
      receivedAt: second(0),
      bytes: 1,
      message: {},
    },
    conversationId,
    callId,
    isLogged: true,
    facts: { ...facts, call: { ...basis, ...facts.call } },
    ...(monitor && { monitor }),
  };
}

/**
 * Records deliveries about one call, and returns the call's rows. They are the same whether recorded one after the
 * other or in one statement.
 */
export async function recordBothWays(...stated: Stated[]) {
  const [oneByOne, together] = [randomUUID(), randomUUID()];
  for (const facts of stated) await recordDelivery(db, makeDelivery(oneByOne, facts));
  await recordEvents(
    db.$client,
    stated.map((facts) => makeDelivery(together, facts)),
  );
  const rows = await readRows(oneByOne);
  expect(await readRows(together)).toEqual(rows);
  return rows;
}

/** The rows of a call, without its id. */
export async function readRows(callId: string) {
  const { call, lines, marks, toolCalls, report } = await readFacts(callId);
  const monitors = await db.select().from(callMonitors).where(eq(callMonitors.callId, callId));
  const [only] = call;
  if (!only) throw new Error("the call is not there");
  const { id: _, conversationId: __, ...row } = only;
  const ofNoCall = <T extends { callId: string }>(rows: readonly T[]) =>
    rows.map(({ callId: ___, ...rest }) => rest);
  return {
    row,
    lines: ofNoCall(lines),
    marks: ofNoCall(marks),
    toolCalls: ofNoCall(toolCalls),
    report: ofNoCall(report),
    monitors: ofNoCall(monitors),
  };
}
