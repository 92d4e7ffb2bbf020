import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { GET as list } from "@/app/api/incidents/route";
import { db } from "@/db/client";
import { incidentActs, incidents } from "@/db/schema/incidents";
import type { IncidentPage } from "@/lib/incidents/incident";
import { signedIn } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";

const [viewer, operator] = await Promise.all([signedIn("viewer"), signedIn("operator")]);
const by = { id: randomUUID(), name: "Olga Operator" };
const noon = Date.parse("2026-11-20T12:00:00Z");

afterEach(async () => {
  await db.delete(incidents);
});

type Row = typeof incidents.$inferInsert;

/** Inserts an incident that opened a number of minutes after noon and lasted ten minutes. */
async function insert(minutes: number, more: Partial<Row> = {}): Promise<string> {
  const openedAt = new Date(noon + minutes * 60_000);
  const [row] = await db
    .insert(incidents)
    .values({
      cause: {
        kind: "provider",
        value: "cartesia",
        label: "cartesia",
        evidence: { with: { failed: 41, total: 44 }, without: { failed: 3, total: 63 } },
      },
      outcome: "recovered",
      callCount: 41,
      failedCount: 41,
      since: openedAt,
      openedAt,
      lastAt: openedAt,
      closedAt: new Date(openedAt.getTime() + 600_000),
      ...more,
    })
    .returning({ id: incidents.id });
  return row?.id ?? "";
}

async function ask(question: string, who = operator): Promise<{ status: number; body: IncidentPage }> {
  const response = await list(send(`/api/incidents?${question}`, { cookie: who.cookie }));
  return { status: response.status, body: await response.json() };
}

test("past incidents: paging lists each ended incident once, newest first, even with equal times", async () => {
  const opened = [];
  for (const minutes of [0, 5, 5, 5, 9, 12, 12]) opened.push({ id: await insert(minutes), minutes });
  const expected = opened
    .toSorted((a, b) => b.minutes - a.minutes || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
  for (const limit of [1, 2, 3, 7]) {
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const { body }: { body: IncidentPage } = await ask(
        `state=past&limit=${limit}${cursor && `&cursor=${cursor}`}`,
      );
      expect(body.incidents.length).toBeLessThanOrEqual(limit);
      seen.push(...body.incidents.map(({ id }) => id));
      cursor = body.nextCursor;
    }
    expect(seen).toEqual(expected);
  }
});

test("past incidents: a resolved incident is listed before it recovers, and open and withdrawn ones are left out", async () => {
  const ongoing = { outcome: "open", closedAt: null } as const;
  const recovered = await insert(0);
  const resolved = await insert(1, { ...ongoing, resolvedAt: new Date(), resolvedBy: by });
  await insert(2, { outcome: "withdrawn" });
  const open = await insert(3, ongoing);
  expect((await ask("state=past")).body).toMatchObject({
    incidents: [
      { id: resolved, state: "resolved", callCount: 41, acts: { resolved: { by: { name: by.name } } } },
      { id: recovered, state: "recovered", closedAt: new Date(noon + 600_000).toISOString() },
    ],
    nextCursor: null,
  });
  expect((await ask("state=open")).body.incidents).toMatchObject([{ id: open }]);
  const all = await ask("state=all&limit=2");
  expect(all.body.incidents.map(({ id }) => id)).toEqual([open, resolved]);
  expect((await ask(`state=all&cursor=${all.body.nextCursor}`)).body.incidents).toMatchObject([
    { id: recovered },
  ]);
});

test("past incidents: viewers read them without note texts, and an invalid cursor is rejected", async () => {
  const incidentId = await insert(0);
  await db
    .insert(incidentActs)
    .values({ incidentId, kind: "note", by, at: new Date(), text: "Wilhelmina rang." });
  expect(JSON.stringify(await ask("state=past"))).toContain("Wilhelmina");
  const seen = await ask("state=past", viewer);
  expect(seen.body.incidents).toMatchObject([{ id: incidentId, acts: { log: [{ kind: "note" }] } }]);
  expect(JSON.stringify(seen)).not.toContain("Wilhelmina");
  for (const cursor of ["x", `${noon}_x`, `${noon}_`, `_${incidentId}`]) {
    expect((await ask(`state=past&cursor=${cursor}`)).status).toBe(422);
  }
});
