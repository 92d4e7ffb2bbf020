import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { GET } from "@/app/api/calls/[callId]/caller/route";
import { db } from "@/db/client";
import { calls } from "@/db/schema/calls";
import { conversations } from "@/db/schema/conversations";
import { callerHistorySchema } from "@/lib/calls/list";
import { makeCallRow } from "@/tests/support/makers/make-call-row";
import { signedIn, type TestPerson } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";

let operator: TestPerson;
let viewer: TestPerson;
const conversationId = randomUUID();

beforeAll(async () => {
  operator = await signedIn("operator");
  viewer = await signedIn("viewer");
});

beforeEach(async () => {
  await db.delete(calls);
  await db.delete(conversations);
  await db.insert(conversations).values({ id: conversationId, name: null, context: {} });
});

/** Inserts a call of the number, in minutes after 10:00. */
async function hadCall(minute: number, differences: Partial<ReturnType<typeof makeCallRow>> = {}) {
  const id = randomUUID();
  const createdAt = new Date(Date.parse("2026-08-01T10:00:00.000Z") + minute * 60_000);
  await db.insert(calls).values(
    makeCallRow({
      id,
      conversationId,
      customerNumber: "+15550100199",
      customerName: "Maya Lindqvist",
      createdAt,
      startedAt: createdAt,
      endedAt: new Date(createdAt.getTime() + 42_000),
      status: "ended",
      endedReason: "customer-ended-call",
      ...differences,
    }),
  );
  return id;
}

async function ask(person: TestPerson, callId: string) {
  const params = Promise.resolve({ callId });
  const response = await GET(send(`/api/calls/${callId}/caller`, { cookie: person.cookie }), { params });
  const text = await response.text();
  return { status: response.status, text, read: () => callerHistorySchema.parse(JSON.parse(text)) };
}

describe("a caller's earlier calls", () => {
  test("are the calls of the same number before this one, newest first", async () => {
    const [first, second, third] = [await hadCall(1), await hadCall(2), await hadCall(3)];
    await hadCall(1, { customerNumber: "+15550100198" });
    const { count, isExact, isKnown, calls: earlier } = (await ask(operator, third)).read();
    expect({ count, isExact, isKnown }).toEqual({ count: 2, isExact: true, isKnown: true });
    expect(earlier.map(({ id }) => id)).toEqual([second, first]);
    expect(earlier[0]).toMatchObject({ durationSeconds: 42, endedReason: "customer-ended-call" });
    expect((await ask(operator, first)).read()).toMatchObject({ count: 0, calls: [] });
  });

  test("are shown to viewers without number and name", async () => {
    await hadCall(1);
    const { text, read } = await ask(viewer, await hadCall(2));
    expect(read()).toMatchObject({ count: 1, isKnown: true });
    expect(text).not.toMatch(/0100199|Lindqvist/);
    expect((await ask(operator, read().calls[0]?.id ?? "")).status).toBe(200);
  });

  test.each(["anonymous", "Restricted", "+266696687", "sip:anonymous@anonymous.invalid", null])(
    "are not listed for the withheld number %j, which many callers share",
    async (customerNumber) => {
      await hadCall(1, { customerNumber });
      const { text, read } = await ask(operator, await hadCall(2, { customerNumber }));
      expect(read()).toEqual({ isKnown: false, count: 0, isExact: true, calls: [] });
      expect(text).not.toContain("Lindqvist");
    },
  );

  test("are counted up to 1,000, and ten are listed", async () => {
    const row = makeCallRow({ conversationId, customerNumber: "+15550100199" });
    for (const chunk of [0, 1]) {
      const rows = Array.from({ length: 501 }, (_, n) => ({
        ...row,
        id: randomUUID(),
        createdAt: new Date(Date.parse("2026-07-01T10:00:00.000Z") + (chunk * 501 + n) * 1_000),
      }));
      await db.insert(calls).values(rows);
    }
    const { count, isExact, calls: earlier } = (await ask(operator, await hadCall(1))).read();
    expect({ count, isExact, shown: earlier.length }).toEqual({ count: 1_000, isExact: false, shown: 10 });
  });

  test("are answered 404 for an unknown call", async () => {
    expect((await ask(operator, "no-such-call")).status).toBe(404);
  });
});
