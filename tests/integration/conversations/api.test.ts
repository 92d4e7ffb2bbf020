import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { PUT as replaceContext } from "@/app/api/conversations/[uuid]/context/route";
import { DELETE as deleteOne, GET as getOne, PATCH as patchOne } from "@/app/api/conversations/[uuid]/route";
import { POST as restoreVersion } from "@/app/api/conversations/[uuid]/versions/[version]/restore/route";
import { GET as getVersion } from "@/app/api/conversations/[uuid]/versions/[version]/route";
import { GET as getVersions } from "@/app/api/conversations/[uuid]/versions/route";
import { POST as create, GET as list } from "@/app/api/conversations/route";
import { db } from "@/db/client";
import { auditLog } from "@/db/schema/auth";
import { patchContext } from "@/lib/conversations/server/change";
import { conversationChannel, maskedChannel } from "@/lib/realtime/push";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { toolCalls } from "@/tests/fixtures/tool-calls";
import { deliver } from "@/tests/support/deliveries/deliver";
import { signedIn, type TestPerson } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";
import { leaveTraces, tracedCaller, traces } from "@/tests/support/people/traced-caller";
import { collectPushes, join } from "@/tests/support/servers/collect-pushes";
import { connectClient } from "@/tests/support/servers/pusher-clients";
import { testPusher } from "@/tests/support/servers/test-pusher";
import { settled } from "@/tests/support/vitest/after";

let admin: TestPerson;
let operator: TestPerson;
let viewer: TestPerson;

beforeAll(async () => {
  [admin, operator, viewer] = await Promise.all([
    signedIn("admin"),
    signedIn("operator"),
    signedIn("viewer"),
  ]);
});

async function make(json: object = {}) {
  const response = await create(
    send("/api/conversations", { method: "POST", cookie: operator.cookie, json }),
  );
  expect(response.status).toBe(201);
  return (await response.json()).conversation;
}

const at = (uuid: string) => ({ params: Promise.resolve({ uuid }) });
const read = async (uuid: string, who = operator) => {
  const response = await getOne(send(`/api/conversations/${uuid}`, { cookie: who.cookie }), at(uuid));
  return { status: response.status, etag: response.headers.get("etag"), ...(await response.json()) };
};

async function settle(answer: Promise<Response>) {
  const response = await answer;
  await settled();
  return { status: response.status, etag: response.headers.get("etag"), body: await response.json() };
}

function asked(json: unknown, ifMatch?: string, who = operator) {
  const headers = ifMatch ? { "if-match": ifMatch } : {};
  return send("/api/conversations/x", { method: "PATCH", cookie: who.cookie, json, headers });
}
const patch = (uuid: string, json: unknown, ifMatch?: string) =>
  settle(patchOne(asked(json, ifMatch), at(uuid)));
const replace = (uuid: string, json: unknown, ifMatch?: string) =>
  settle(replaceContext(asked(json, ifMatch), at(uuid)));
const restore = (uuid: string, version: string, ifMatch?: string) =>
  settle(restoreVersion(asked({}, ifMatch), { params: Promise.resolve({ uuid, version }) }));
const versionsOf = async (uuid: string, query = "") => {
  const response = await getVersions(
    send(`/api/conversations/${uuid}/versions${query}`, { cookie: viewer.cookie }),
    at(uuid),
  );
  return response.json();
};

describe("a conversation", () => {
  it("is created with a webhook URL and settings to paste into Vapi, and receives the events sent to it", async () => {
    const made = await make({ name: "Intake", context: { plan: "gold" }, answer: { assistantId: "a-1" } });
    expect(made).toMatchObject({
      name: "Intake",
      context: { plan: "gold" },
      answer: { assistantId: "a-1" },
      version: 1,
      webhookUrl: `http://localhost:3000/api/webhook/${made.uuid}`,
      vapi: { server: { url: made.webhookUrl }, serverMessages: expect.arrayContaining(["transcript"]) },
    });
    await deliver(statusUpdate("in-progress", { callId: randomUUID() }), { conversation: made.uuid });
    expect((await read(made.uuid)).conversation).toMatchObject({ calls: 1, context: { plan: "gold" } });
    const audited = and(eq(auditLog.action, "conversation.created"), eq(auditLog.target, made.uuid));
    expect(await db.$count(auditLog, audited)).toBe(1);
  });

  it("can be created only once under a given UUID", async () => {
    const uuid = randomUUID();
    await make({ uuid: uuid.toUpperCase() });
    const again = send("/api/conversations", { method: "POST", cookie: operator.cookie, json: { uuid } });
    expect((await create(again)).status).toBe(409);
  });

  it.each([
    [{ context: [] }, "A context is a JSON object"],
    [{ context: { a: "x".repeat(70_000) } }, "64 KB"],
    [{ name: "x".repeat(201) }, "200 characters"],
    [{ answer: { assistantId: "" } }, "Choose an assistant."],
    [{ colour: "red" }, "colour"],
  ])("is not created from an invalid body: %#", async (json, why) => {
    const response = await create(send("/api/conversations", { method: "POST", cookie: admin.cookie, json }));
    expect(response.status).toBe(422);
    expect((await response.json()).detail).toContain(why);
  });

  it("is answered 404 if it does not exist, even with a malformed UUID", async () => {
    for (const uuid of [randomUUID(), "x", "../x"]) {
      expect((await read(uuid)).status).toBe(404);
      expect((await patch(uuid, {}, "1")).status).toBe(404);
      expect((await settle(deleteOne(asked({}, undefined, admin), at(uuid)))).status).toBe(404);
    }
  });
});

describe("a merge patch over HTTP", () => {
  it("merges the context, renames the conversation, and returns the new version as ETag", async () => {
    const { uuid } = await make({ context: { a: { b: 1, c: 2 }, d: 3 } });
    const done = await patch(uuid, { name: "Named", context: { a: { b: null }, d: null, e: [] } }, '"1"');
    expect(done).toMatchObject({
      status: 200,
      etag: '"2"',
      body: { conversation: { name: "Named", version: 2, context: { a: { c: 2 }, e: [] } } },
    });
    expect(await read(uuid)).toMatchObject({ etag: '"2"' });
    const audited = await db.select().from(auditLog).where(eq(auditLog.target, uuid));
    expect(audited.at(-1)).toMatchObject({
      action: "conversation.changed",
      detail: { what: "name, context", version: "2" },
    });
  });

  it("is rejected with 428 without If-Match and with 412 for an old version, and changes nothing", async () => {
    const { uuid } = await make({ context: { a: 1 } });
    await patch(uuid, { context: { a: 2 } }, "1");
    expect(await patch(uuid, { context: { a: 3 }, name: "x" })).toMatchObject({ status: 428 });
    expect(await patch(uuid, { context: { a: 3 }, name: "x" }, '"1"')).toMatchObject({
      status: 412,
      etag: '"2"',
      body: { detail: "Someone else saved first: this is now version 2. Nothing was changed." },
    });
    expect(await patch(uuid, { context: { a: 3 } }, 'W/"2"')).toMatchObject({ status: 412 });
    expect((await read(uuid)).conversation).toMatchObject({ version: 2, context: { a: 2 }, name: null });
    expect(await patch(uuid, { context: { a: 4 } }, "*")).toMatchObject({ status: 200, etag: '"3"' });
  });

  it("of the name or answer alone makes a version too, so an older one cannot overwrite it", async () => {
    const { uuid } = await make({ context: { a: 1 } });
    expect(await patch(uuid, { name: "Ours" }, "1")).toMatchObject({ status: 200, etag: '"2"' });
    expect(await patch(uuid, { name: "Theirs" }, "1")).toMatchObject({ status: 412, etag: '"2"' });
    expect(await patch(uuid, { answer: { assistantId: "a" } }, "1")).toMatchObject({ status: 412 });
    expect(await patch(uuid, { answer: { assistantId: "a" } }, "2")).toMatchObject({ etag: '"3"' });
    expect(await patch(uuid, { name: "Ours", answer: { assistantId: "a" } }, "3")).toMatchObject({
      etag: '"3"',
    });
    expect((await read(uuid)).conversation).toMatchObject({ name: "Ours", context: { a: 1 }, version: 3 });
    expect((await versionsOf(uuid)).versions).toMatchObject([
      { version: 3, changed: ["answering assistant"] },
      { version: 2, changed: ["conversation name"], by: { kind: "person", name: "operator" } },
      { version: 1 },
    ]);
  });

  it("removes a name, answer and context set to null", async () => {
    const { uuid } = await make({ name: "N", answer: { assistantId: "a" }, context: { a: 1 } });
    const { body } = await patch(uuid, { name: null, answer: null, context: null }, "1");
    expect(body.conversation).toMatchObject({ name: null, answer: null, context: {}, version: 2 });
  });

  it("may be declared as application/merge-patch+json but not as text/plain", async () => {
    const { uuid } = await make();
    const declared = (type: string) =>
      send("/x", {
        method: "PATCH",
        cookie: operator.cookie,
        json: { context: { a: 1 } },
        headers: { "content-type": type, "if-match": "1" },
      });
    expect((await settle(patchOne(declared("text/plain"), at(uuid)))).status).toBe(415);
    expect((await settle(patchOne(declared("application/merge-patch+json"), at(uuid)))).status).toBe(200);
  });

  it.each(["__proto__", "constructor"])("rejects the key %s and says why", async (key) => {
    const { uuid } = await make({ context: { a: 1 } });
    const request = new Request("http://localhost:3000/x", {
      method: "PATCH",
      headers: { ...Object.fromEntries(asked({}, "1").headers), "content-type": "application/json" },
      body: `{"context":{"${key}":{"x":1}}}`,
    });
    const { status, body } = await settle(patchOne(request, at(uuid)));
    expect([status, body.detail]).toEqual([422, `"${key}" is not allowed as a key: ${key}.`]);
  });
});

describe("a context's history", () => {
  it("lists who changed what, page by page, and lets a version be read and restored", async () => {
    const { uuid } = await make({ context: { a: 1 } });
    await replace(uuid, { b: 2 }, "1");
    await patchContext(db, {
      conversationId: uuid,
      patch: { c: 3 },
      by: { kind: "tool", id: "call_7", name: "update_context" },
    });
    expect(await restore(uuid, "1", "1")).toMatchObject({ status: 412 });
    expect(await restore(uuid, "9", "3")).toMatchObject({ status: 404 });
    expect(await restore(uuid, "1", "3")).toMatchObject({ status: 200, etag: '"4"' });
    const { versions, nextBefore } = await versionsOf(uuid);
    expect(versions).toMatchObject([
      { version: 4, kind: "restored", restored: 1, by: { kind: "person", name: "operator" } },
      { version: 3, kind: "patched", changed: ["c"], by: { kind: "tool", name: "update_context" } },
      { version: 2, kind: "replaced", changed: ["a", "b"] },
      { version: 1, kind: "made", changed: [] },
    ]);
    expect(nextBefore).toBeNull();
    expect(await versionsOf(uuid, "?limit=3")).toMatchObject({ nextBefore: 2 });
    expect(await versionsOf(uuid, "?limit=3&before=2")).toMatchObject({ versions: [{ version: 1 }] });
    const one = await getVersion(send("/x", { cookie: viewer.cookie }), {
      params: Promise.resolve({ uuid, version: "2" }),
    });
    expect(await one.json()).toMatchObject({ version: { version: 2, context: { b: 2 } } });
  });

  it("begins with the first event if an event created the conversation", async () => {
    const uuid = randomUUID();
    await deliver(statusUpdate("in-progress", { callId: randomUUID() }), { conversation: uuid });
    expect(await versionsOf(uuid)).toMatchObject({
      versions: [{ version: 1, kind: "made", by: { kind: "system", name: "First event" } }],
    });
  });
});

describe("the list of conversations", () => {
  const find = async (q: string, who = operator, more = "") => {
    const url = `/api/conversations?q=${encodeURIComponent(q)}${more}`;
    return (await list(send(url, { cookie: who.cookie }))).json();
  };

  it("is paged and has each conversation once", async () => {
    const mark = randomUUID();
    const made: string[] = [];
    for (let n = 0; n < 5; n += 1) made.push((await make({ name: `${mark} ${n}` })).uuid);
    const seen: string[] = [];
    let cursor = "";
    do {
      const page = await find(mark, operator, `&limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.conversations.map(({ uuid }: { uuid: string }) => uuid));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen.toSorted()).toEqual(made.toSorted());
  });

  it("has each conversation's newest caller, without name and number for viewers", async () => {
    const conversation = (await make()).uuid;
    const startedMs = Date.now() - 3_600_000;
    await leaveTraces({ conversation, number: "+15550100101", startedMs: startedMs - 60_000 });
    await leaveTraces({ conversation, startedMs });
    const newest = async (who: TestPerson) => (await find(conversation, who)).conversations[0].newestCall;
    const { name, number } = tracedCaller;
    const shown = { customerName: name, customerNumber: number, direction: "inbound" };
    expect(await newest(operator)).toEqual(shown);
    expect(JSON.stringify(await newest(viewer))).not.toMatch(traces);
    expect(await newest(viewer)).toMatchObject({ customerName: expect.any(String), direction: "inbound" });
    const empty = (await make()).uuid;
    expect(await find(empty)).toMatchObject({ conversations: [{ newestCall: null }] });
  });

  it("can be searched by name, UUID and context, but by viewers only by UUID", async () => {
    const mark = randomUUID();
    const { uuid } = await make({ name: `Name ${mark}`, context: { order: `A-${mark}%` } });
    const count = async (q: string, who: TestPerson) => (await find(q, who)).conversations.length;
    for (const q of [`name ${mark}`, `A-${mark}%`, uuid]) expect(await count(q, operator)).toBe(1);
    expect(await count(`${mark}_`, operator)).toBe(0);
    expect(await count(mark, viewer)).toBe(0);
    expect(await count(uuid, viewer)).toBe(1);
  });
});

describe("deleting a conversation", () => {
  const remove = (uuid: string, confirmation?: string) => {
    const query = confirmation ? `?confirmation=${encodeURIComponent(confirmation)}` : "";
    const request = send(`/api/conversations/${uuid}${query}`, { method: "DELETE", cookie: admin.cookie });
    return settle(deleteOne(request, at(uuid)));
  };

  it("without calls needs no confirmation", async () => {
    const { uuid } = await make({ context: { a: 1 } });
    expect(await remove(uuid)).toMatchObject({ status: 200, body: { calls: 0, remaining: 0 } });
    expect((await read(uuid)).status).toBe(404);
  });

  it("with calls says what happens to them and requires a confirmation with their count", async () => {
    const { uuid } = await make({ name: "Kept" });
    await leaveTraces({ conversation: uuid });
    expect(await remove(uuid)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining("Its calls and all their data") },
    });
    expect((await read(uuid)).conversation).toMatchObject({ calls: 1 });
    expect(await remove(uuid, "delete 1 call")).toMatchObject({ status: 200, body: { calls: 1 } });
    expect((await read(uuid)).status).toBe(404);
  });

  it("is rejected while a call is live", async () => {
    const { uuid } = await make();
    await leaveTraces({ conversation: uuid, isEnded: false });
    expect(await remove(uuid, "delete 1 call")).toMatchObject({ status: 409, body: { title: "In use" } });
    expect((await read(uuid)).status).toBe(200);
  });
});

describe("a viewer of conversations", () => {
  it("sees the context's keys and history without caller data, while an operator sees the data", async () => {
    const { name, number } = tracedCaller;
    const { uuid } = await make({
      name: `For ${name}`,
      context: { text: `${name} of ${number}`, phone: number },
    });
    await leaveTraces({ conversation: uuid });
    await patch(uuid, { context: { note: `asked ${name}` } }, "1");
    const version = (who: TestPerson) =>
      getVersion(send("/x", { cookie: who.cookie }), { params: Promise.resolve({ uuid, version: "1" }) });
    const shown = async (who: TestPerson) =>
      JSON.stringify([await read(uuid, who), await (await version(who)).json(), await versionsOf(uuid)]);
    expect(await shown(viewer)).not.toMatch(traces);
    expect(await shown(viewer)).toContain('"phone"');
    expect(await shown(operator)).toMatch(traces);
  });
});

describe("a context change", () => {
  it("is pushed to open pages of the conversation, for viewers without numbers and names", async () => {
    const { uuid } = await make({ name: "Intake" });
    await leaveTraces({ conversation: uuid });
    const channel = conversationChannel(uuid);
    const client = await connectClient(testPusher.port);
    const [open, masked] = await Promise.all([join(client, channel), join(client, maskedChannel(channel))]);
    const [whole, part] = [collectPushes(open), collectPushes(masked)];
    await patch(uuid, { context: { who: `${tracedCaller.name} ${tracedCaller.number}` } }, "1");
    const conversation = {
      uuid,
      name: "Intake",
      version: 2,
      context: { who: expect.stringMatching(traces) },
    };
    await expect.poll(() => whole).toMatchObject([{ kind: "conversation", conversation }]);
    await expect
      .poll(() => part)
      .toMatchObject([{ conversation: { version: 2, context: { who: expect.any(String) } } }]);
    expect(JSON.stringify(part)).not.toMatch(traces);
  });

  it("is also pushed when a tool makes it", async () => {
    const { uuid } = await make();
    const channel = await join(await connectClient(testPusher.port), conversationChannel(uuid));
    const pushes = collectPushes(channel);
    const call = { id: "call_note", name: "update_context", arguments: { changes: { plan: "gold" } } };
    await deliver(toolCalls([call], { callId: randomUUID() }), { conversation: uuid });
    await expect
      .poll(() => pushes)
      .toMatchObject([{ conversation: { version: 2, context: { plan: "gold" } } }]);
    expect(await versionsOf(uuid)).toMatchObject({
      versions: [{ version: 2, by: { kind: "tool", id: "call_note", name: "update_context" } }, {}],
    });
  });

  it("too large for a push is announced without the context, so that pages refetch", async () => {
    const { uuid } = await make();
    const channel = await join(await connectClient(testPusher.port), conversationChannel(uuid));
    const pushes = collectPushes(channel);
    await replace(uuid, { a: "x".repeat(20_000) }, "1");
    await expect.poll(() => pushes).toEqual([{ kind: "conversation", uuid, conversation: null }]);
  });
});
