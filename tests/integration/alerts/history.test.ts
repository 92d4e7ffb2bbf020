import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { GET as getAlerts } from "@/app/api/alerts/route";
import { db } from "@/db/client";
import { listAlerts } from "@/db/queries/alerts/read";
import { type AlertRow, alerts } from "@/db/schema/alerts";
import { calls } from "@/db/schema/calls";
import { conversations } from "@/db/schema/conversations";
import { type Alert, alertKinds, alertListSchema } from "@/lib/alerts/alert";
import { type AlertNarrowing, alertFilterSchema, matchesFilter } from "@/lib/alerts/filter";
import { makeCallRow } from "@/tests/support/makers/make-call-row";
import { signedIn, type TestPerson } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";

const assistants = ["clinic", "billing", null] as const;
const owners = [{ id: "amy", name: "Amy" }, { id: "ben", name: "Ben" }, null] as const;
const hourMs = 3_600_000;

/** Every kind, assistant and owner; one alert every three hours back from now, for more than a week. */
const rows: AlertRow[] = Array.from({ length: 72 }, (_, n) => {
  const openedAt = new Date(Date.now() - n * 3 * hourMs - 60_000);
  return {
    id: `history-${n}~${openedAt.getTime()}`,
    callId: `history-${assistants[n % 3]}`,
    kind: alertKinds[Math.floor(n / 9) % 3] ?? "hang",
    since: openedAt,
    openedAt,
    hangs: 1,
    closedAt: openedAt,
    rule: null,
    outcome: n === 5 ? "withdrawn" : "recovered",
    callVersion: 4,
    assistant: assistants[n % 3] ?? null,
    noticedAt: openedAt,
    actsVersion: 0,
    acknowledgedBy: null,
    acknowledgedAt: null,
    assignee: owners[Math.floor(n / 3) % 3] ?? null,
    snoozedUntil: null,
    resolvedBy: null,
    resolvedAt: null,
  };
});

let all: Alert[];
let viewer: TestPerson;

beforeAll(async () => {
  viewer = await signedIn("viewer");
  const [conversation] = await db
    .insert(conversations)
    .values({ id: crypto.randomUUID() })
    .returning({ id: conversations.id });
  if (!conversation) throw new Error("No conversation was made.");
  await db.insert(calls).values(
    assistants.map((assistantId) =>
      makeCallRow({
        id: `history-${assistantId}`,
        conversationId: conversation.id,
        assistantId,
        alertedAt: new Date(),
      }),
    ),
  );
  await db.insert(alerts).values(rows);
  all = (await listAlerts(db, { limit: 500 })).alerts;
});

async function listAll(filter: AlertNarrowing, limit: number): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const query = alertFilterSchema.parse({ ...filter, kind: filter.kind?.join(), cursor, limit });
    const page = await listAlerts(db, query);
    ids.push(...page.alerts.map(({ id }) => id));
    if (page.nextCursor === null) return ids;
    cursor = page.nextCursor;
  }
}

const day = fc
  .integer({ min: 0, max: 9 })
  .map((ago) => new Date(Date.now() - ago * 24 * hourMs).toISOString().slice(0, 10));

const filters = fc.record<AlertNarrowing>(
  {
    kind: fc.subarray([...alertKinds], { minLength: 1 }),
    assistant: fc.constantFrom("clinic", "billing", "nobody"),
    owner: fc.constantFrom("amy", "ben", "nobody"),
    period: fc.constantFrom("today", "yesterday", "week", "month"),
    from: day,
    to: day,
    zone: fc.constantFrom("UTC", "America/New_York", "Pacific/Auckland"),
  },
  { requiredKeys: [] },
);

test("alerts: paging through the history yields exactly the filtered alerts, each once and newest first", async () => {
  expect(all).toHaveLength(71);
  await fc.assert(
    fc.asyncProperty(filters, async (filter) => {
      const expected = all.filter((alert) => matchesFilter(alert, filter, Date.now())).map(({ id }) => id);
      expect(await listAll(filter, 7)).toEqual(expected);
    }),
    { numRuns: 80 },
  );
});

test("alerts: the API applies the history filters and rejects unknown values", async () => {
  const ask = (query: string) => getAlerts(send(`/api/alerts?${query}`, { cookie: viewer.cookie }));
  const response = await ask("state=all&kind=hang,silence&assistant=clinic&owner=ben&period=month&limit=500");
  const listed = alertListSchema.parse(await response.json()).alerts;
  expect(listed.map(({ id }) => id)).toEqual(
    all
      .filter(
        ({ kind, call, acts }) =>
          kind !== "no-answer" && call.assistantId === "clinic" && acts.assignee?.id === "ben",
      )
      .map(({ id }) => id),
  );
  expect(listed.length).toBeGreaterThan(0);
  for (const query of ["kind=fire", "kind=", "from=yesterday", "period=decade", "zone=Mars"])
    expect((await ask(`state=all&${query}`)).status, query).toBe(422);
});
