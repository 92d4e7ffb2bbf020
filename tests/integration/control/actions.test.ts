import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { and, eq, sql } from "drizzle-orm";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { startControlServer } from "@/tests/support/servers/control-server";

const vapi = await startControlServer();
process.env.OUTGOING_ALLOWED_HOSTS = vapi.host;
process.env.VAPI_PUBLIC_KEY = "public-key-of-tests";

// Imported after the environment is set, because modules read it when loaded.
const { GET: getState, POST: control } = await import("@/app/api/calls/[callId]/control/route");
const { GET: exportCall } = await import("@/app/api/calls/[callId]/export/route");
const { PUT: setNumber, GET: getNumber } = await import("@/app/api/account/number/route");
const { PUT: setSettings, GET: getSettings } = await import("@/app/api/control/settings/route");
const { db } = await import("@/db/client");
const { listAudit } = await import("@/db/queries/audit");
const { getCallDetail } = await import("@/db/queries/calls/read");
const { auditLog } = await import("@/db/schema/auth");
const { callMonitors, operatorActions } = await import("@/db/schema/control");
const { directoryEntries } = await import("@/db/schema/routing");
const { createApiKey } = await import("@/lib/auth/server/keys");
const { controlSetting } = await import("@/lib/control/control");
const { giveUpActions } = await import("@/lib/control/server/perform");
const { boardChannel, callChannel, maskedChannel } = await import("@/lib/realtime/push");
const { statusUpdate } = await import("@/tests/fixtures/status-update");
const { dumpDatabase } = await import("@/tests/support/database/dump-database");
const { deliver } = await import("@/tests/support/deliveries/deliver");
const { tester } = await import("@/tests/support/makers/make-credential");
const { signedIn } = await import("@/tests/support/people/people");
const { send } = await import("@/tests/support/people/send");
const { collectPushes, join } = await import("@/tests/support/servers/collect-pushes");
const { connectClient } = await import("@/tests/support/servers/pusher-clients");
const { testPusher } = await import("@/tests/support/servers/test-pusher");
const { settled } = await import("@/tests/support/vitest/after");

const [operator, viewer, admin] = await Promise.all([
  signedIn("operator"),
  signedIn("viewer"),
  signedIn("admin"),
]);

afterAll(() => vapi.stop());
afterEach(async () => {
  vapi.reset();
  await settled();
});

interface LiveOptions {
  monitor?: object | null | undefined;
  more?: object;
}

/** A live call, with or without control URLs. */
async function liveCall({ monitor, more = {} }: LiveOptions = {}): Promise<string> {
  const callId = randomUUID();
  await postStatus(callId, "in-progress", { monitor, more });
  return callId;
}

let atMs = 0;
const customer = { number: "+15550100103", name: "Maya Okafor" };

function postStatus(callId: string, status: string, { monitor, more = {} }: LiveOptions = {}) {
  const { message } = statusUpdate(status, { callId });
  const own = { monitor: monitor === undefined ? vapi.monitorOf(callId) : monitor, ...more };
  const call = Object.assign({}, message.call, own);
  atMs += 1;
  return deliver({ message: { ...message, timestamp: Date.now() + atMs, customer, call } });
}

type Who = { cookie: string } | { key: string };

const contextOf = (callId: string) => ({ params: Promise.resolve({ callId }) });

async function act(callId: string, json: object, who: Who = operator) {
  const request = { id: randomUUID(), ...json };
  const path = `/api/calls/${callId}/control`;
  const credentials = "key" in who ? { key: who.key } : { cookie: who.cookie };
  const answer = await control(
    send(path, { method: "POST", json: request, ...credentials }),
    contextOf(callId),
  );
  return { status: answer.status, body: await answer.json(), id: request.id };
}

async function stateOf(callId: string) {
  const answer = await getState(
    send(`/api/calls/${callId}/control`, { cookie: operator.cookie }),
    contextOf(callId),
  );
  return answer.json();
}

const auditsOf = (callId: string) =>
  db
    .select({ action: auditLog.action, detail: auditLog.detail, actorId: auditLog.actorId })
    .from(auditLog)
    .where(and(eq(auditLog.target, callId), eq(auditLog.action, "call.controlled")));

const number = "+15550100977";

describe("control: operator actions", () => {
  const orders: [string, object, object][] = [
    [
      "say",
      { action: "say", text: " Sorry for the wait. ", interrupt: true },
      {
        type: "say",
        content: "Sorry for the wait.",
        endCallAfterSpoken: false,
        interruptAssistantEnabled: true,
      },
    ],
    [
      "whisper",
      { action: "whisper", text: "Offer a refund.", respond: false },
      {
        type: "add-message",
        message: { role: "system", content: "Offer a refund." },
        triggerResponseEnabled: false,
      },
    ],
    ["mute", { action: "mute", who: "assistant" }, { type: "control", control: "mute-assistant" }],
    ["unmute", { action: "unmute", who: "customer" }, { type: "control", control: "unmute-customer" }],
    [
      "transfer to a number",
      { action: "transfer", to: { number }, say: "A colleague takes over." },
      { type: "transfer", destination: { type: "number", number }, content: "A colleague takes over." },
    ],
    [
      "transfer to a SIP address",
      { action: "transfer", to: { sipUri: "sip:desk@example.com" } },
      { type: "transfer", destination: { type: "sip", sipUri: "sip:desk@example.com" } },
    ],
    [
      "hand off",
      { action: "handoff", assistantId: "assistant-2" },
      { type: "handoff", destination: { type: "assistant", assistantId: "assistant-2" } },
    ],
    ["end", { action: "end" }, { type: "end-call" }],
    [
      "end after a last word",
      { action: "end", say: "Goodbye." },
      { type: "say", content: "Goodbye.", endCallAfterSpoken: true, interruptAssistantEnabled: true },
    ],
  ];

  test.each(orders)("%s is sent in Vapi's format", async (_, asked, sent) => {
    const callId = await liveCall();
    expect(await act(callId, asked)).toMatchObject({
      status: 200,
      body: { outcome: "done", detail: "Done." },
    });
    expect(vapi.ordersOf(callId)).toEqual([sent]);
    expect(vapi.orders.at(-1)?.headers.authorization).toBe("Bearer public-key-of-tests");
  });

  test("a transfer to a directory team is sent while the team is open, and refused while it is closed", async () => {
    const entry = {
      kind: "number",
      address: number,
      extension: "12",
      message: "Billing takes it from here.",
    } as const;
    const closed = {
      zone: "UTC",
      spans: [{ days: [((new Date().getUTCDay() + 2) % 7) + 1], from: "00:00", to: "00:01" }],
    };
    const added = await db
      .insert(directoryEntries)
      .values([
        { ...entry, team: "Billing" },
        { ...entry, team: "Claims", hours: closed },
      ])
      .returning({ id: directoryEntries.id });
    const [open, shut] = added.map(({ id }) => id);
    const callId = await liveCall();
    expect(await act(callId, { action: "transfer", to: { directoryId: open } })).toMatchObject({
      status: 200,
    });
    expect(vapi.ordersOf(callId)).toEqual([
      {
        type: "transfer",
        destination: { type: "number", number, extension: "12", message: "Billing takes it from here." },
        content: "Billing takes it from here.",
      },
    ]);
    const refused = await act(callId, { action: "transfer", to: { directoryId: shut } });
    expect(refused).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining("Claims is closed now") },
    });
    expect(await act(callId, { action: "transfer", to: { directoryId: randomUUID() } })).toMatchObject({
      status: 422,
    });
    expect(vapi.ordersOf(callId)).toHaveLength(1);
    const { targets } = await stateOf(callId);
    expect(targets.directory).toMatchObject([
      { team: "Billing", isOpen: true, hours: null },
      { team: "Claims", isOpen: false },
    ]);
  });

  test("taking over transfers to the operator's own number, and is refused before one is set", async () => {
    const callId = await liveCall();
    const takeOver = { action: "transfer", to: { me: true } };
    expect(await act(callId, takeOver)).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining("own number") },
    });
    const put = (json: object) =>
      setNumber(send("/api/account/number", { method: "PUT", cookie: operator.cookie, json }));
    expect((await put({ number: "0170" })).status).toBe(422);
    expect((await put({ number })).status).toBe(204);
    expect(await (await getNumber(send("/api/account/number", { cookie: operator.cookie }))).json()).toEqual({
      number,
    });
    expect((await stateOf(callId)).targets.me).toBe(number);
    expect(await act(callId, takeOver)).toMatchObject({ status: 200 });
    expect(vapi.ordersOf(callId)).toEqual([{ type: "transfer", destination: { type: "number", number } }]);
    expect((await getCallDetail(db, callId))?.operatorActions).toMatchObject([{ target: "their own phone" }]);
    expect((await put({ number: null })).status).toBe(204);
    expect(JSON.stringify(await listAudit(db, { action: "own-number.changed" }, 9))).not.toContain("0977");
  });
});

describe("control: one action ID has one effect", () => {
  test("twenty concurrent repeats send one request to Vapi and get the same response", async () => {
    const callId = await liveCall();
    const request = { id: randomUUID(), action: "say", text: "One moment." };
    const answers = await Promise.all(Array.from({ length: 20 }, () => act(callId, request)));
    expect(vapi.ordersOf(callId)).toHaveLength(1);
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body])))).toEqual(
      new Set([JSON.stringify([200, { id: request.id, outcome: "done", detail: "Done." }])]),
    );
    expect(await auditsOf(callId)).toHaveLength(1);
  });

  test("a repeat gets the first response, even after a failure and the end of the call", async () => {
    const callId = await liveCall();
    vapi.state.replyMode = 500;
    const request = { id: randomUUID(), action: "end" };
    const first = await act(callId, request);
    vapi.reset();
    await postStatus(callId, "ended");
    expect(first.status).toBe(502);
    expect(await act(callId, request)).toEqual(first);
    expect(vapi.ordersOf(callId)).toHaveLength(1);
  });

  test("an ID reused with another body or for another call is refused with an explanation and does nothing", async () => {
    const [callId, other] = [await liveCall(), await liveCall()];
    const request = { id: randomUUID(), action: "say", text: "One." };
    await act(callId, request);
    for (const again of [act(callId, { ...request, text: "Two." }), act(other, request)])
      expect(await again).toMatchObject({
        status: 422,
        body: { detail: expect.stringContaining("another request") },
      });
    expect(vapi.ordersOf(callId)).toHaveLength(1);
    expect(vapi.ordersOf(other)).toEqual([]);
  });

  test("an action whose process was killed after sending has an unknown outcome, and is not sent again", async () => {
    const callId = await liveCall();
    const request = { id: randomUUID(), action: "transfer", to: { number } };
    vapi.state.replyMode = "silent";
    const arrived = new Promise<void>((resolve) => {
      vapi.state.whenOrdered = () => resolve();
    });
    const child = spawn(
      process.execPath,
      [
        "--conditions=react-server",
        "--import",
        "tsx",
        "tests/support/control/act-once.ts",
        callId,
        JSON.stringify(request),
      ],
      { env: process.env, stdio: "inherit" },
    );
    await arrived;
    child.kill("SIGKILL");
    await once(child, "exit");
    vapi.reset();
    expect((await getCallDetail(db, callId))?.operatorActions).toMatchObject([{ outcome: "pending" }]);
    await db
      .update(operatorActions)
      .set({ expiresAt: sql`now() - interval '1 second'` })
      .where(eq(operatorActions.id, request.id));
    for (let time = 0; time < 2; time += 1) {
      expect(await act(callId, request)).toMatchObject({
        status: 200,
        body: { outcome: "unknown", detail: expect.stringContaining("may or may not have happened") },
      });
    }
    expect(vapi.ordersOf(callId)).toHaveLength(1);
    expect(await auditsOf(callId)).toMatchObject([{ detail: { action: "transfer", outcome: "unknown" } }]);
  });

  test("an expired action gets an unknown outcome once, and the change is pushed", async () => {
    const callId = await liveCall();
    const pushes = collectPushes(await join(await connectClient(testPusher.port), callChannel(callId)));
    await db.insert(operatorActions).values({
      id: randomUUID(),
      callId,
      asked: "",
      action: "end",
      actorId: "somebody",
      actorName: "Ana",
      by: tester,
      expiresAt: sql`now() - interval '1 second'`,
    });
    await Promise.all([giveUpActions(), giveUpActions()]);
    await expect
      .poll(() => pushes)
      .toMatchObject([
        { kind: "operator-action", action: { callId, outcome: "unknown", by: { name: "Ana" } } },
      ]);
    expect(await auditsOf(callId)).toHaveLength(1);
  });
});

describe("control: a failed request to Vapi", () => {
  test.each([
    [404, 502, "failed", "Vapi answered 404."],
    [401, 502, "failed", "set VAPI_PUBLIC_KEY"],
    [500, 502, "failed", "Vapi answered 500. Nothing was done."],
    ["drop" as const, 502, "unknown", "may or may not have happened"],
    ["silent" as const, 504, "unknown", "Vapi did not respond in time."],
  ])("with the reply %s returns %i and has the outcome %s", async (mood, status, outcome, words) => {
    const callId = await liveCall();
    vapi.state.replyMode = mood;
    const answer = await act(callId, { action: "end" });
    expect(answer).toMatchObject({ status, body: { status, detail: expect.stringContaining(words) } });
    expect((await getCallDetail(db, callId))?.operatorActions).toMatchObject([{ id: answer.id, outcome }]);
    expect(await auditsOf(callId)).toMatchObject([{ detail: { action: "end", outcome } }]);
  });

  test("with a control URL outside the allowed hosts returns 409, and no action is recorded", async () => {
    const monitor = { controlUrl: vapi.monitorOf("x").controlUrl.replace(/:\d+/, ":9") };
    const callId = await liveCall({ monitor });
    // OUTGOING_ALLOWED_HOSTS names another port.
    expect(await act(callId, { action: "end" })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining("OUTGOING_ALLOWED_HOSTS") },
    });
    expect(await db.$count(operatorActions, eq(operatorActions.callId, callId))).toBe(0);
  });
});

describe("control: refused actions", () => {
  test("actions on an ended or unknown call, one without a URL or one with control turned off send nothing", async () => {
    const over = await liveCall();
    await postStatus(over, "ended");
    expect(await act(over, { action: "end" })).toMatchObject({
      status: 409,
      body: { detail: "The call is over." },
    });
    expect(await act(randomUUID(), { action: "end" })).toMatchObject({ status: 404 });
    const without = await liveCall({ monitor: null });
    expect(await act(without, { action: "end" })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining("no control or listen URL") },
    });
    const plan = { monitorPlan: { controlEnabled: false, listenEnabled: false } };
    const off = await liveCall({ monitor: null, more: { assistantOverrides: plan } });
    expect(await act(off, { action: "end" })).toMatchObject({
      status: 409,
      body: { detail: "Live control is switched off in this assistant's monitor plan." },
    });
    expect((await stateOf(off)).supervision).toMatchObject({
      control: { available: false, reason: expect.stringContaining("switched off") },
      listen: { available: false, reason: expect.stringContaining("switched off") },
    });
    expect(vapi.orders.filter(({ callId }) => [over, without, off].includes(callId))).toEqual([]);
  });

  test("an invalid body gets 422, and does not use up its ID", async () => {
    const callId = await liveCall();
    const id = randomUUID();
    for (const json of [
      { action: "say", text: " " },
      { action: "dance" },
      { action: "mute", who: "everybody" },
      { action: "transfer", to: { number: "0170" } },
      { action: "say", text: "x", color: "red" },
    ])
      expect((await act(callId, { id, ...json })).status).toBe(422);
    expect(await act(callId, { id, action: "end" })).toMatchObject({ status: 200 });
  });
});

describe("control: roles", () => {
  test("a viewer can neither act nor read the control state; an operator's API key can act", async () => {
    const callId = await liveCall();
    expect((await act(callId, { action: "end" }, viewer)).status).toBe(403);
    const answer = await getState(
      send(`/api/calls/${callId}/control`, { cookie: viewer.cookie }),
      contextOf(callId),
    );
    expect(answer.status).toBe(403);
    expect(vapi.ordersOf(callId)).toEqual([]);
    const key = await createApiKey(db, { name: "Script", role: "operator", expiresInDays: 1 }, tester);
    expect(await act(callId, { action: "say", text: "Hello." }, { key })).toMatchObject({ status: 200 });
    expect(await act(callId, { action: "transfer", to: { me: true } }, { key })).toMatchObject({
      status: 422,
    });
    expect((await getCallDetail(db, callId))?.operatorActions).toMatchObject([{ by: { name: "Script" } }]);
  });

  test("operators can read the settings, and only admins can change them", async () => {
    const path = "/api/control/settings";
    const settings = { ...controlSetting.initial, phrases: ["Hello."], listenersPerCall: 2 };
    const put = (cookie: string, json: object) => setSettings(send(path, { method: "PUT", cookie, json }));
    expect((await put(operator.cookie, settings)).status).toBe(403);
    expect((await put(admin.cookie, { ...settings, alertTransferTo: randomUUID() })).status).toBe(422);
    expect((await put(admin.cookie, settings)).status).toBe(204);
    expect(await (await getSettings(send(path, { cookie: operator.cookie }))).json()).toEqual(settings);
    expect((await getSettings(send(path, { cookie: viewer.cookie }))).status).toBe(403);
  });
});

describe("control: an action is shown", () => {
  test("on the call and board channels, and to viewers without numbers and names", async () => {
    const callId = await liveCall();
    const client = await connectClient(testPusher.port);
    const channels = [
      callChannel(callId),
      boardChannel,
      maskedChannel(callChannel(callId)),
      maskedChannel(boardChannel),
    ];
    const pushes = await Promise.all(
      channels.map(async (channel) => collectPushes(await join(client, channel))),
    );
    await act(callId, { action: "transfer", to: { number }, say: "Maya, I connect you." });
    await settled();
    const about = (index: number) =>
      pushes[index]?.flatMap((push) => (push.kind === "operator-action" ? [push.action] : [])) ?? [];
    for (const [index] of channels.entries()) {
      await expect
        .poll(() => about(index).at(-1))
        .toMatchObject({ callId, action: "transfer", outcome: "done" });
    }
    expect(about(0).at(-1)).toMatchObject({ text: "Maya, I connect you.", target: number });
    expect(JSON.stringify([about(2), about(3)])).not.toMatch(/Maya|0977/);
  });

  test("in text and JSON exports", async () => {
    const callId = await liveCall();
    await act(callId, { action: "say", text: "Sorry for the wait." });
    await act(callId, { action: "mute", who: "customer" });
    await postStatus(callId, "ended");
    const ask = async (format: string) => {
      const path = `/api/calls/${callId}/export?format=${format}`;
      return (await exportCall(send(path, { cookie: operator.cookie }), contextOf(callId))).text();
    };
    const text = await ask("txt");
    expect(text).toContain("(operator said: Sorry for the wait.)");
    expect(text).toContain("(operator muted the caller)");
    expect(JSON.parse(await ask("json")).operatorActions).toMatchObject([
      {
        action: "say",
        text: "Sorry for the wait.",
        by: { id: operator.id, name: "operator" },
        outcome: "done",
      },
      { action: "mute", target: "customer" },
    ]);
  });
});

describe("control: monitor URLs", () => {
  test("appear in no row, log, push or response while the call is live, and are deleted when it ends", async () => {
    const written: string[] = [];
    const keep = (chunk: unknown) => written.push(String(chunk)) > 0;
    vi.spyOn(process.stdout, "write").mockImplementation(keep);
    vi.spyOn(process.stderr, "write").mockImplementation(keep);
    const callId = await liveCall();
    const client = await connectClient(testPusher.port);
    const pushes = collectPushes(await join(client, callChannel(callId)));
    const answers = [await act(callId, { action: "say", text: "Hello." }), await stateOf(callId)];
    vapi.state.replyMode = "drop";
    answers.push(await act(callId, { action: "end" }));
    await postStatus(callId, "in-progress");
    await settled();
    vi.restoreAllMocks();
    expect(await db.$count(callMonitors, eq(callMonitors.callId, callId))).toBe(1);
    const everything = [await dumpDatabase(), JSON.stringify([pushes, answers]), ...written].join("\n");
    expect(pushes.length).toBeGreaterThan(0);
    expect(written.join("")).toContain("did not respond");
    expect(everything).not.toMatch(/secret-monitor/);
    await postStatus(callId, "ended");
    expect(await db.$count(callMonitors, eq(callMonitors.callId, callId))).toBe(0);
    // A late event of an ended call does not restore them.
    await postStatus(callId, "in-progress", {
      more: { assistantOverrides: { monitorPlan: { listenEnabled: false } } },
    });
    expect(await db.$count(callMonitors, eq(callMonitors.callId, callId))).toBe(0);
  });

  test("are not written again by an event that repeats them", async () => {
    const callId = await liveCall();
    const readRow = async () => {
      const [row] = await db
        .select({ sealed: callMonitors.sealedControlUrl, at: sql<string>`xmin::text` })
        .from(callMonitors)
        .where(eq(callMonitors.callId, callId));
      return row;
    };
    const before = await readRow();
    await postStatus(callId, "in-progress");
    expect(await readRow()).toEqual(before);
    await postStatus(callId, "in-progress", {
      monitor: { ...vapi.monitorOf(callId), controlUrl: vapi.monitorOf("b").controlUrl },
    });
    expect((await readRow())?.sealed).not.toBe(before?.sealed);
  });
});
