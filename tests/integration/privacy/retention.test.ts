import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { GET as getCall } from "@/app/api/calls/[callId]/route";
import { GET as getRetention, PUT as putRetention } from "@/app/api/privacy/retention/route";
import { GET as getReports } from "@/app/api/reports/route";
import { db } from "@/db/client";
import { getCallDetail } from "@/db/queries/calls/read";
import { refreshDocuments } from "@/db/queries/reports/documents";
import { notificationChannels, notifications } from "@/db/schema/alerts";
import { auditLog } from "@/db/schema/auth";
import { calls } from "@/db/schema/calls";
import { conversations } from "@/db/schema/conversations";
import { events } from "@/db/schema/events";
import { retentionProgress } from "@/db/schema/operations";
import { toolEffects } from "@/db/schema/tools";
import { applyRetention, setRetention } from "@/lib/privacy/server/erase";
import type { Retention } from "@/lib/privacy/subject";
import { transcriptFinal } from "@/tests/fixtures/transcript-final";
import { dumpDatabase } from "@/tests/support/database/dump-database";
import { deliver } from "@/tests/support/deliveries/deliver";
import { tester } from "@/tests/support/makers/make-credential";
import { signedIn, type TestPerson } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";
import { leaveEveryTrace, leaveTraces, tracedCaller, traces } from "@/tests/support/people/traced-caller";

let admin: TestPerson;

beforeAll(async () => {
  admin = await signedIn("admin");
});

beforeEach(async () => {
  for (const table of [calls, events, conversations, retentionProgress]) await db.delete(table);
});

/** Names of tools are settings at Vapi, and stay with their measurements. */
const toolNames = /(?<=[,"])call_Quentin_Zebulonsky(?=[,"])/g;

const keptForEver: Retention = { events: null, transcripts: null, recordings: null, personal: null };
const keep = (days: Partial<Retention>) => setRetention(db, { ...keptForEver, ...days }, tester);
const eventsOf = (callId: string) => db.$count(events, eq(events.callId, callId));

describe("retention", () => {
  it("deletes nothing without a limit", async () => {
    const old = await leaveTraces({ daysAgo: 400 });
    await keep({});
    const before = await dumpDatabase();
    expect(await applyRetention(db)).toEqual({ events: 0, transcripts: 0, recordings: 0, personal: 0 });
    expect(await dumpDatabase()).toBe(before);
    expect(await getCallDetail(db, old)).not.toBeNull();
  });

  it("of transcripts deletes every word and keeps the figures", async () => {
    const [old, young] = [await leaveTraces({ daysAgo: 31 }), await leaveTraces({ daysAgo: 29 })];
    const before = await getCallDetail(db, young);
    await keep({ transcripts: 30 });
    expect(await applyRetention(db)).toMatchObject({ transcripts: 1 });

    const detail = await getCallDetail(db, old);
    expect(detail).toMatchObject({
      lines: [],
      partials: [],
      call: { lastLine: null, hangs: 1, durationSeconds: 18, customerNumber: tracedCaller.number },
      toolCalls: [{ name: "echo", arguments: {}, result: null }],
      report: { summary: null, structuredData: null, successEvaluation: "true" },
    });
    expect(await dumpDatabase()).toContain(`${old}-mono.wav`);
    expect(await eventsOf(old)).toBe(0);
    expect(await getCallDetail(db, young)).toEqual(before);
  });

  it("of recordings deletes their links", async () => {
    const old = await leaveTraces({ daysAgo: 8 });
    await keep({ recordings: 7 });
    await applyRetention(db);
    expect((await getCallDetail(db, old))?.report).toMatchObject({
      summary: expect.stringContaining("called from"),
    });
    expect(await dumpDatabase()).not.toContain(`${old}-mono.wav`);
  });

  it("of personal fields deletes number, name, metadata and context", async () => {
    const uuid = randomUUID();
    const old = await leaveTraces({ daysAgo: 91, conversation: uuid });
    await db
      .update(conversations)
      .set({ context: { who: tracedCaller.name } })
      .where(eq(conversations.id, uuid));
    await keep({ personal: 90 });
    await applyRetention(db);
    const [row] = await db.select().from(calls).where(eq(calls.id, old));
    expect(row).toMatchObject({ customerNumber: null, customerName: null, metadata: null });
    expect((await getCallDetail(db, old))?.conversation).toMatchObject({ context: {}, version: 2 });
  });

  it("of personal fields hides the caller in the texts that stay, for every role and in every search", async () => {
    const old = await leaveEveryTrace({ daysAgo: 91 });
    await refreshDocuments(db, [old]);
    const [viewer, operator] = [await signedIn("viewer"), await signedIn("operator")];
    const read = async ({ cookie }: TestPerson) => {
      const params = Promise.resolve({ callId: old });
      const text = await (await getCall(send(`/api/calls/${old}`, { cookie }), { params })).text();
      return text.replaceAll(toolNames, "");
    };
    const search = async ({ cookie }: TestPerson, q: string) =>
      (await (await getReports(send(`/api/reports?q=${q}`, { cookie }))).json()).reports.length;
    expect(await read(operator)).toMatch(traces);
    expect(await search(operator, "Zebulonsky")).toBe(1);

    await keep({ personal: 90 });
    await applyRetention(db);
    await refreshDocuments(db, [old]);
    for (const person of [viewer, operator]) {
      const text = await read(person);
      expect(text).toContain("Is •••@••• still right?");
      expect(text).not.toMatch(traces);
      expect(await search(person, "right")).toBe(1);
      for (const q of ["Zebulonsky", tracedCaller.number]) expect(await search(person, q)).toBe(0);
    }
    await db.delete(retentionProgress);
    expect((await dumpDatabase()).replaceAll(toolNames, "")).not.toMatch(traces);
  });

  it("of personal fields keeps the context of a conversation with a newer call", async () => {
    const uuid = randomUUID();
    await leaveTraces({ daysAgo: 91, conversation: uuid });
    await leaveTraces({ daysAgo: 2, conversation: uuid });
    const context = { plan: "gold" };
    await db.update(conversations).set({ context }).where(eq(conversations.id, uuid));
    await keep({ personal: 90 });
    expect(await applyRetention(db)).toMatchObject({ personal: 1 });
    const [kept] = await db.select().from(conversations).where(eq(conversations.id, uuid));
    expect(kept?.context).toEqual(context);
  });

  it("of all kinds leaves no trace of the caller", async () => {
    await leaveTraces({ daysAgo: 10 });
    await keep({ events: 5, transcripts: 5, recordings: 5, personal: 5 });
    await applyRetention(db);
    await db.delete(retentionProgress);
    expect(await dumpDatabase()).not.toMatch(traces);
    expect(await db.$count(calls)).toBe(1);
  });

  it("of all kinds leaves no trace of a caller named in every field", async () => {
    await leaveEveryTrace({ daysAgo: 10 });
    await db.update(conversations).set({ name: null });
    await keep({ events: 5, transcripts: 5, recordings: 5, personal: 5 });
    await applyRetention(db);
    await db.delete(retentionProgress);
    expect((await dumpDatabase()).replaceAll(toolNames, "")).not.toMatch(traces);
    expect(await db.$count(calls)).toBe(1);
  });

  it("of the event log counts from the time an event was received", async () => {
    const call = await leaveTraces();
    const total = await eventsOf(call);
    const [one] = await db.select({ key: events.key }).from(events).limit(1);
    await db
      .update(events)
      .set({ receivedAt: sql`now() - interval '15 days'` })
      .where(eq(events.key, one?.key ?? ""));
    await keep({ events: 14 });
    expect(await applyRetention(db)).toMatchObject({ events: 1 });
    expect(await eventsOf(call)).toBe(total - 1);
  });
});

describe("a retention run", () => {
  it("deletes tool effects after 90 days, some at a time until all are gone", async () => {
    await db.delete(toolEffects);
    await db.execute(sql`
      insert into tool_effects (call_id, tool_call_id, tool, claimed_at, expires_at)
      select 'call', n, 'book', now() - make_interval(days => case n when 1 then 89 else 91 end), now()
      from generate_series(1, 2301) n`);
    await applyRetention(db, -1);
    expect(await db.$count(toolEffects)).toBe(1_301);
    await Promise.all([applyRetention(db), applyRetention(db)]);
    expect(await db.select({ id: toolEffects.toolCallId }).from(toolEffects)).toEqual([{ id: "1" }]);
  });

  it("deletes notifications without a subject a year after they were settled", async () => {
    await db.execute(sql`
      with channel as (insert into notification_channels (kind, name, target) values ('slack', 'ops', '') returning id)
      insert into notifications (id, about, channel_id, state, due_at, settled_at)
      select gen_random_uuid(), about, id, state, now(), settled_at from channel, (values
        ('test', 'sent', now() - interval '366 days'), ('gaps', 'failed', now() - interval '366 days'),
        ('routing', 'sent', now() - interval '364 days'), ('connection', 'waiting', null)
      ) n (about, state, settled_at)`);
    await applyRetention(db);
    const rows = await db.select({ about: notifications.about }).from(notifications);
    expect(rows.map(({ about }) => about).sort()).toEqual(["connection", "routing"]);
    await db.delete(notificationChannels);
  });

  async function makeOldCalls(count: number): Promise<void> {
    await db.execute(sql`
      with made as (select gen_random_uuid() as id, n from generate_series(1, ${count}) n),
        conversation as (insert into conversations (id) select id from made)
      insert into calls (id, conversation_id, status, status_rank, created_at, last_event_at, last_line_text)
      select id, id, 'ended', 1, now() - interval '100 days' + (n / 3) * interval '1 second', now(), 'some words' from made
    `);
  }
  const withWords = () => db.$count(calls, sql`last_line_text is not null`);

  it("continues where the previous run ran out of time, and two runs at once handle each call once", async () => {
    await makeOldCalls(1_000);
    await keep({ transcripts: 30 });
    const first = await applyRetention(db, -1);
    expect(first.transcripts).toBeGreaterThan(0);
    expect(await withWords()).toBe(1_000 - first.transcripts);
    const both = await Promise.all([applyRetention(db), applyRetention(db)]);
    expect(both[0].transcripts + both[1].transcripts).toBe(1_000 - first.transcripts);
    expect(await withWords()).toBe(0);
  });

  it("deletes a late line of a call that an earlier run has handled", async () => {
    const old = await leaveTraces({ daysAgo: 40 });
    await keep({ transcripts: 30 });
    await applyRetention(db);
    const late = transcriptFinal("user", `Late words of ${tracedCaller.name}`, {
      callId: old,
      with: { timestamp: Date.now() - 40 * 24 * 60 * 60_000 },
    });
    await deliver(late);
    expect((await getCallDetail(db, old))?.lines).toHaveLength(1);
    expect(await applyRetention(db)).toMatchObject({ transcripts: 1 });
    expect((await getCallDetail(db, old))?.lines).toEqual([]);
  });

  it("deletes more when the limit is shortened", async () => {
    await leaveTraces({ daysAgo: 40 });
    await leaveTraces({ daysAgo: 20 });
    await keep({ transcripts: 30 });
    expect(await applyRetention(db)).toMatchObject({ transcripts: 1 });
    await keep({ transcripts: 10 });
    expect(await applyRetention(db)).toMatchObject({ transcripts: 1 });
    expect(await applyRetention(db)).toMatchObject({ transcripts: 0 });
  });
});

describe("retention settings", () => {
  const ask = async () =>
    (await getRetention(send("/api/privacy/retention", { cookie: admin.cookie }))).json();
  const put = (json: object) =>
    putRetention(send("/api/privacy/retention", { method: "PUT", cookie: admin.cookie, json }));

  it("can be set by an admin, with an entry in the audit log", async () => {
    const wanted = { events: 30, transcripts: 365, recordings: null, personal: 730 };
    expect((await put(wanted)).status).toBe(204);
    expect(await ask()).toEqual(wanted);
    const entries = await db.select().from(auditLog).where(eq(auditLog.action, "retention.changed"));
    expect(entries.at(-1)?.detail?.to).toBe(
      "events 30 days, transcripts 365 days, recordings kept, personal 730 days",
    );
  });

  it.each([{ events: 0 }, { events: -1 }, { events: 1.5 }, { events: 4_000 }, { events: "30" }, {}])(
    "with %j are refused",
    async (wrong) => {
      const { status } = await put({ transcripts: null, recordings: null, personal: null, ...wrong });
      expect(status).toBe(422);
    },
  );
});
