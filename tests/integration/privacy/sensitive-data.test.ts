import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { PUT as changeMasking, GET as readMasking } from "@/app/api/privacy/masking/route";
import { db } from "@/db/client";
import { auditLog } from "@/db/schema/auth";
import { events } from "@/db/schema/events";
import { alertRuleFirings, alertRules } from "@/db/schema/rules";
import { routes } from "@/lib/auth/permissions";
import { replayEvents } from "@/lib/events/server/replay";
import { setMasking } from "@/lib/privacy/server/masking";
import { boardChannel, callChannel, conversationChannel, type Push } from "@/lib/realtime/push";
import { sensitiveKinds } from "@/lib/rules/sensitive-data";
import { forgetRules } from "@/lib/rules/server/in-force";
import { buildBody } from "@/tests/fixtures/build-body";
import { endOfCallReport } from "@/tests/fixtures/end-of-call-report";
import { hang } from "@/tests/fixtures/hang";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { toolCalls } from "@/tests/fixtures/tool-calls";
import { transcriptFinal } from "@/tests/fixtures/transcript-final";
import { transcriptPartial } from "@/tests/fixtures/transcript-partial";
import { dumpDatabase } from "@/tests/support/database/dump-database";
import { deliver } from "@/tests/support/deliveries/deliver";
import { tester } from "@/tests/support/makers/make-credential";
import { signedIn, type TestPerson } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";
import { collectPushes, join } from "@/tests/support/servers/collect-pushes";
import { connectClient } from "@/tests/support/servers/pusher-clients";
import { testPusher } from "@/tests/support/servers/test-pusher";

const card = "4242 4242 4242 4242";
const iban = "DE89 3704 0044 0532 0130 00";
const email = "wilma.orlov@vaults.example";
const ssn = "536-22-8765";
const everything = `${card}, ${iban}, ${email}, ${ssn}`;
/** None of it may remain, in any notation. */
const marks = /4242[ -]?4242|3704[ -]?0044|wilma\.orlov|vaults\.example|536-22|(?<!\d)8765(?!\d)/i;

const inJson = {
  [email]: card,
  [`note of ${card}`]: [iban, { deep: ssn }],
  raw: JSON.stringify({ card, account: iban }),
  digits: 4242424242424242,
};

let admin: TestPerson;
const callId = randomUUID();
const conversation = randomUUID();
const ruleId = randomUUID();
let answers: unknown[] = [];

/** A call with sensitive data in every field that can hold it. */
async function leaveSensitive(callId: string, conversation: string): Promise<unknown[]> {
  const startedMs = Date.now() - 60_000;
  const about = {
    callId,
    customerNumber: "+15550100177",
    customerName: `Wilma ${email}`,
    metadata: { [email]: everything, digits: 4242424242424242 },
  };
  const post = async ({ message }: { message: object }, second: number) => {
    const more = { timestamp: startedMs + second * 1_000 };
    return (await deliver({ message: { ...message, ...more } }, { conversation })).body;
  };
  await post(statusUpdate("in-progress", about), 0);
  await post(transcriptPartial("user", "Sure, it is 4242 4242", about), 1);
  await post(transcriptPartial("user", `Sure, it is ${everything}`, about), 2);
  await post(transcriptFinal("user", `Sure, it is ${everything}`, about), 3);
  await post(transcriptFinal("assistant", `So your card is ${card}?`, about), 5);
  const filtered = { isFiltered: true, detectedThreats: [`leak of ${card}`], originalTranscript: everything };
  const said = { role: "user", transcriptType: "final", transcript: `Again: ${card}` };
  await post(buildBody("transcript", { ...said, ...filtered }, about), 6);
  const grown = [{ role: "user", message: `And ${everything}`, time: startedMs + 6_500 }];
  await post(buildBody("conversation-update", { messages: grown, conversation: [] }, about), 7);
  const echoed = { id: "call_echo", name: "echo", arguments: { text: everything } };
  const replies = [await post(toolCalls([echoed], about), 8)];
  const noted = { id: "call_note", name: "update_context", arguments: { changes: inJson } };
  replies.push(await post(toolCalls([noted], about), 9));
  await post(toolCalls([{ id: "call_odd", name: `pay_${card}`, arguments: inJson }], about), 10);
  await post(hang(about), 12);
  const destination = { type: "number", number: "+15550100188", message: `Caller of ${everything}` };
  await post(buildBody("transfer-update", { destination }, about), 13);
  await post(buildBody("a-type-of-tomorrow", { text: everything, ...inJson }, about), 14);
  await post(buildBody("transcript", { role: everything, transcript: { [email]: card } }, about), 15);
  await post(statusUpdate("ended", about), 20);
  const messages = [
    { role: "user", message: `Sure, it is ${everything}`, time: startedMs + 3_000 },
    {
      role: "tool_calls",
      toolCalls: [{ id: "call_h", function: { name: "pay", arguments: inJson } }],
      time: startedMs + 9_000,
    },
    {
      role: "tool_call_result",
      toolCallId: "call_h",
      result: JSON.stringify(inJson),
      warnings: [{ type: card }],
      time: startedMs + 9_500,
    },
  ];
  const report = {
    messages,
    startedAt: new Date(startedMs).toISOString(),
    endedAt: new Date(startedMs + 18_000).toISOString(),
    transcript: `User: Sure, it is ${everything}\n`,
    analysis: { summary: everything, structuredData: inJson, successEvaluation: `true, paid with ${card}` },
    artifact: {
      messages,
      transcript: `User: Sure, it is ${everything}\n`,
      structuredOutputs: { o1: { name: `Of ${email}`, result: inJson } },
      scorecards: { s1: { name: `Of ${email}`, score: 3, scoreNormalized: 60, metricPoints: { o1: 3 } } },
      transfers: [{ destination, mode: "blind", status: everything, transcript: everything }],
    },
  };
  await post({ message: { ...endOfCallReport(about).message, ...report } }, 22);
  return replies;
}

beforeAll(async () => {
  admin = await signedIn("admin");
  await setMasking({ kinds: [...sensitiveKinds] }, tester);
  await db.insert(alertRules).values({
    id: ruleId,
    name: "Card was said",
    enabled: true,
    severity: "warning",
    scope: { assistants: [], numbers: [], directions: [] },
    when: { kind: "sensitive-data", speaker: "user", data: ["card"] },
    do: [{ kind: "alert" }],
    activeSince: new Date(Date.now() - 3_600_000),
  });
  forgetRules();
  answers = await leaveSensitive(callId, conversation);
});

afterAll(() => setMasking({ kinds: [] }, tester));

type Handler = (request: Request, context: object) => Promise<Response>;

const questions: Readonly<Record<string, string[]>> = {
  "/api/calls": ["", "?state=ended"],
  "/api/calls/[callId]/export": ["?format=json", "?format=txt"],
  "/api/control/calls": [`?ids=${callId}`],
  "/api/alerts": ["?state=all"],
  "/api/reports": ["", "?q=sure"],
  "/api/reports/export": ["?format=csv", "?format=jsonl", "?format=transcripts"],
};

/** Every route that returns data of calls, with every query string. */
const entryPoints = Object.entries(routes).flatMap(([path, { GET: access }]) =>
  access !== undefined && /\/(?:calls|alerts|reports|events|conversations|audit)/.test(path)
    ? (questions[path] ?? [""]).map((question) => [path, question] as const)
    : [],
);

async function ask(path: string, question: string): Promise<Response> {
  const { GET }: { GET: Handler } = await import(`${process.cwd()}/app${path}/route.ts`);
  const [event] = await db.select().from(events).where(eq(events.callId, callId));
  const params = Promise.resolve({ callId, uuid: conversation, version: "2", eventKey: event?.key });
  return GET(send(`${path}${question}`, { cookie: admin.cookie }), { params });
}

describe("masking of stored data", () => {
  it("tools get and return the real values", () => {
    const told = JSON.stringify(answers);
    for (const value of [card, iban, email, ssn]) expect(told).toContain(value);
  });

  it("no row of any table contains sensitive data, including the event log", async () => {
    const dump = await dumpDatabase();
    expect(dump).toContain("[card number]");
    expect(dump.split("\n").filter((row) => marks.test(row))).toEqual([]);
  });

  it.each(entryPoints)("GET %s%s gives an admin no sensitive data", async (path, question) => {
    const response = await ask(path, question);
    expect(await response.text()).not.toMatch(marks);
  });

  it("a placeholder names the masked kind in lines, report, tool calls and export", async () => {
    const detail = await (await ask("/api/calls/[callId]", "")).json();
    for (const part of [
      detail.lines,
      detail.report,
      detail.toolCalls,
      detail.call.metadata ?? detail.report,
    ]) {
      expect(JSON.stringify(part)).toContain("[card number]");
    }
    expect(await (await ask("/api/reports/export", "?format=jsonl")).text()).toContain("[IBAN]");
  });

  it("the archive finds the call by the placeholder but not by the masked values", async () => {
    const find = async (q: string) =>
      (await (await ask("/api/reports", `?q=${encodeURIComponent(q)}`)).json()).reports.map(
        ({ call }: { call: { id: string } }) => call.id,
      );
    expect(await find('"card number"')).toContain(callId);
    for (const q of ["4242424242424242", email, "wilma.orlov"]) expect(await find(q)).toEqual([]);
  });

  it("no push contains sensitive data, including partials and alerts", async () => {
    const [live, uuid] = [randomUUID(), randomUUID()];
    const client = await connectClient(testPusher.port);
    const pushes: Push[][] = [];
    for (const channel of [boardChannel, callChannel(live), conversationChannel(uuid)]) {
      pushes.push(collectPushes(await join(client, channel)));
    }
    await leaveSensitive(live, uuid);
    await expect.poll(() => JSON.stringify(pushes)).toContain("[card number]");
    await expect
      .poll(() => pushes.flat())
      .toContainEqual(expect.objectContaining({ call: expect.objectContaining({ status: "ended" }) }));
    expect(JSON.stringify(pushes)).not.toMatch(marks);
  });

  it("a rule for card numbers still fires", async () => {
    const fired = await db.select().from(alertRuleFirings).where(eq(alertRuleFirings.ruleId, ruleId));
    expect(fired.map((row) => row.callId)).toContain(callId);
  });

  it("a repeated delivery is still recognized as a duplicate", async () => {
    const repeated = randomUUID();
    const body = transcriptFinal("user", `It is ${card}`, {
      callId: repeated,
      with: { timestamp: Date.now() },
    });
    for (let time = 0; time < 2; time += 1) await deliver(body, { conversation });
    const rows = await db.select().from(events).where(eq(events.callId, repeated));
    expect(rows).toMatchObject([{ repeats: 1 }]);
  });

  it("replaying the stored events adds no line and no tool call", async () => {
    const count = async () => {
      const { lines, toolCalls: calls } = await (await ask("/api/calls/[callId]", "")).json();
      return [lines.length, calls.length];
    };
    const was = await count();
    const keys = await db.select({ key: events.key }).from(events).where(eq(events.callId, callId));
    await (
      await replayEvents(
        db,
        keys.map(({ key }) => key),
      )
    ).later;
    expect(await count()).toEqual(was);
  });

  it("an admin can change the kinds, and the audit log has the old and new kinds", async () => {
    onTestFinished(() => setMasking({ kinds: [...sensitiveKinds] }, tester));
    const json = { kinds: ["email", "card", "email"] };
    const put = await changeMasking(
      send("/api/privacy/masking", { method: "PUT", cookie: admin.cookie, json }),
    );
    expect(put.status).toBe(204);
    const read = await readMasking(send("/api/privacy/masking", { cookie: admin.cookie }));
    expect(await read.json()).toEqual({ kinds: ["email", "card"] });
    const entries = await db.select().from(auditLog).where(eq(auditLog.action, "masking.changed"));
    expect(entries.map(({ detail }) => detail)).toContainEqual({
      from: "Card number, IBAN, E-mail address, US Social Security number",
      to: "E-mail address, Card number",
    });
    const unknown = randomUUID();
    // Not one of `marks`: it is stored as it is.
    const unmasked = "612-34-5670";
    await deliver(transcriptFinal("user", `It is ${unmasked}, ${card}`, { callId: unknown }), {
      conversation,
    });
    const [row] = await db.select().from(events).where(eq(events.callId, unknown));
    expect(JSON.stringify(row?.message)).toContain(`It is ${unmasked}, [card number]`);
  });
});
