import { createHmac, randomUUID } from "node:crypto";
import { afterAll, beforeEach, expect, test } from "vitest";
import {
  listFaultyFields,
  makeVapiAssistant,
  makeVapiServer,
} from "@/tests/support/makers/make-vapi-settings";
import { startVapiSettingsServer } from "@/tests/support/servers/vapi-settings-server";

const vapi = await startVapiSettingsServer();
process.env.VAPI_BASE_URL = vapi.url;
delete process.env.VAPI_API_KEY;

// Imported after the environment is set, because modules read it when loaded.
const connectRoute = await import("@/app/api/connect/route");
const keyRoute = await import("@/app/api/connect/key/route");
const applyRoute = await import("@/app/api/connect/apply/route");
const restoreRoute = await import("@/app/api/connect/changes/[changeId]/restore/route");
const { neededMessages } = await import("@/lib/connect/needs");
const webhook = await import("@/app/api/webhook/[conversationUuid]/route");
const { checkConnections } = await import("@/lib/connect/server/drift");
const { canAskVapi } = await import("@/lib/vapi/server/client");
const { listAudit } = await import("@/db/queries/audit");
const { getConversation } = await import("@/db/queries/conversations/read");
const { settings } = await import("@/db/schema/operations");
const { db } = await import("@/db/client");
const { vapiChanges, vapiConnections } = await import("@/db/schema/connect");
const { webhookCredentials } = await import("@/db/schema/credentials");
const { env } = await import("@/lib/env");
const { applyAnswerSchema, connectStateSchema } = await import("@/lib/connect/connection");
const { insertCredential } = await import("@/db/queries/credentials");
const { credentialSettingsSchema } = await import("@/lib/credentials/credential");
const { toStoredSecret } = await import("@/lib/credentials/server/manage");
const { signedIn } = await import("@/tests/support/people/people");
const { send } = await import("@/tests/support/people/send");

const { cookie } = await signedIn("admin");
const [validId, retiredId] = ["aaaaaaaa-0000-4000-8000-000000000001", "aaaaaaaa-0000-4000-8000-000000000002"];

const read = async () => {
  const response = await connectRoute.GET(send("/api/connect", { cookie }));
  expect(response.status).toBe(200);
  return connectStateSchema.parse(await response.json());
};
type State = Awaited<ReturnType<typeof read>>;

const saveKey = (key: string) =>
  keyRoute.PUT(send("/api/connect/key", { method: "PUT", cookie, json: { key } }));

async function apply(resources: State["resources"], only?: string[]) {
  const targets = resources.map(({ kind, id, revision, faults }) => ({
    kind,
    id,
    revision,
    faults: faults.map((fault) => fault.kind).filter((fault) => !only || only.includes(fault)),
  }));
  const response = await applyRoute.POST(
    send("/api/connect/apply", { method: "POST", cookie, json: { targets } }),
  );
  expect(response.status).toBe(200);
  return applyAnswerSchema.parse(await response.json()).results;
}

function restore(changeId: string) {
  const path = `/api/connect/changes/${changeId}/restore`;
  return restoreRoute.POST(send(path, { method: "POST", cookie }), { params: Promise.resolve({ changeId }) });
}

/** Stores a credential as one that Earshot created in Vapi. */
async function keepCredential(vapiId: string, isRevoked: boolean) {
  const id = vapiId.replace("aaaaaaaa", "bbbbbbbb");
  const settings = credentialSettingsSchema.parse({ kind: "hmac" });
  const row = { id, vapiId, name: "Earshot", settings, createdBy: "Ana" };
  const secret = toStoredSecret("a-secret-of-more-than-twenty-characters", settings, id);
  await insertCredential(db, { ...row, ...secret, revokedAt: isRevoked ? new Date() : null });
}

beforeEach(async () => {
  vapi.clear();
  await db.delete(vapiChanges);
  await db.delete(vapiConnections);
  await db.delete(webhookCredentials);
  expect((await saveKey("private-key")).status).toBe(204);
  vapi.requests.length = 0;
});

afterAll(() => vapi.stop());

/** 50 assistants: every kind of fault several times, and some without faults. */
async function putFifty() {
  await keepCredential(validId, false);
  await keepCredential(retiredId, true);
  const serverMessages = [...neededMessages];
  const good = makeVapiServer(env.APP_URL, validId);
  const faulty = Object.entries(listFaultyFields(good, retiredId));
  const expected = new Map<string, string>();
  for (let index = 0; index < 50; index += 1) {
    const [kind, fields] = faulty[index % (faulty.length + 1)] ?? ["none", { server: good, serverMessages }];
    const assistant = makeVapiAssistant(index, fields);
    vapi.put("assistant", assistant);
    expected.set(assistant.id, kind === "default-messages" ? "missing-messages" : kind);
  }
  return expected;
}

test("connect: all faults of 50 assistants are found and fixed, no other field changes, and undo restores every byte", async () => {
  const expected = await putFifty();
  const before = vapi.snapshot();
  const { resources, failure } = await read();
  expect(failure).toBeNull();
  expect(resources.length).toBe(50);
  for (const { id, faults } of resources) {
    const wanted = expected.get(id) === "none" ? [] : [expected.get(id)];
    expect([id, faults.map(({ kind }) => kind)]).toEqual([id, wanted]);
  }
  expect(
    new Set(resources.flatMap(({ faults }) => faults.map(({ kind }) => kind))).size,
  ).toBeGreaterThanOrEqual(12);

  const results = await apply(resources);
  expect(results.filter(({ why }) => why !== null)).toEqual([]);
  const patches = vapi.requests.filter(({ method }) => method === "PATCH");
  const faultyCount = resources.filter(({ faults }) =>
    faults.some(({ changes }) => changes.length > 0),
  ).length;
  expect(patches.length).toBe(faultyCount);

  // Exactly the fields that were shown have changed.
  for (const { id, faults } of resources) {
    const shown = new Set(faults.flatMap(({ changes }) => changes.map(({ path }) => path.split(".")[0])));
    const old = JSON.parse(before.get(`assistant/${id}`) ?? "{}");
    const now: Record<string, unknown> = vapi.get("assistant", id);
    const touched = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
      (field) => field !== "updatedAt" && JSON.stringify(old[field]) !== JSON.stringify(now[field]),
    );
    expect([id, touched.sort()]).toEqual([id, [...shown].sort()]);
  }
  const mended = (await read()).resources;
  expect(mended.every(({ isConnected }) => isConnected)).toBe(true);
  expect(
    mended.flatMap(({ faults }) => faults.map(({ kind }) => kind)).filter((kind) => kind !== "tool-server"),
  ).toEqual([]);

  for (const { changeId } of results) if (changeId) expect((await restore(changeId)).status).toBe(204);
  expect(vapi.snapshot()).toEqual(before);
});

const one = (fields: Record<string, unknown> = {}) => vapi.put("assistant", makeVapiAssistant(1, fields));
const find = async (kind: string, id?: string) => {
  const { resources } = await read();
  const found = resources.find((each) => each.kind === kind && (id === undefined || each.id === id));
  if (!found) throw new Error(`No ${kind} is listed.`);
  return found;
};
const audited = async () =>
  (await listAudit(db, {}, 20)).map(({ action, target }) => `${action} ${target ?? ""}`.trim());

test("connect: one step creates a credential in Vapi and in Earshot, and its signatures are accepted", async () => {
  // Assistants no other test uses: those already have conversations, with their earlier names.
  for (const index of [61, 62]) vapi.put("assistant", makeVapiAssistant(index));
  const { resources, credential } = await read();
  expect(credential).toBeNull();
  await apply(resources);
  const [[vapiId, made] = [], ...others] = [...vapi.credentials];
  expect([others, made?.provider, made?.authenticationPlan]).toMatchObject([
    [],
    "webhook",
    {
      type: "hmac",
      algorithm: "sha256",
      payloadFormat: "{timestamp}.{body}",
      signatureHeader: "x-signature",
    },
  ]);
  const server = { ...vapi.get("assistant", resources[0]?.id ?? "") }.server as Record<string, unknown>;
  expect(server.credentialId).toBe(vapiId);
  // Delivered like Vapi does, to the URL that was set.
  const path = new URL(String(server.url)).pathname;
  const { secretKey = "" } = (made?.authenticationPlan ?? {}) as { secretKey?: string };
  const body = JSON.stringify({
    message: {
      type: "status-update",
      status: "in-progress",
      timestamp: Date.now(),
      call: { id: randomUUID() },
    },
  });
  const timestamp = String(Date.now());
  const signature = createHmac("sha256", secretKey).update(`${timestamp}.${body}`).digest("hex");
  const conversationUuid = path.split("/").at(-1) ?? "";
  const deliver = (headers: Record<string, string>) =>
    webhook.POST(
      new Request(`${env.APP_URL}${path}`, {
        method: "POST",
        body,
        headers: { "content-type": "application/json", "x-timestamp": timestamp, ...headers },
      }),
      { params: Promise.resolve({ conversationUuid }) },
    );
  expect((await deliver({ "x-signature": "0".repeat(64) })).status).toBe(401);
  expect((await deliver({ "x-signature": signature })).status).toBe(200);
  expect((await getConversation(db, conversationUuid))?.name).toMatch(/^Clinic desk/);
});

test("connect: unselected changes are not applied and do not count as drift later", async () => {
  one({ server: { url: "https://crm.example.com/hook", timeoutSeconds: 2, headers: { "x-team": "7" } } });
  const resource = await find("assistant");
  await apply([resource], ["other-server", "no-credential"]);
  const { server, serverMessages } = vapi.get("assistant", resource.id) as Record<
    string,
    Record<string, unknown>
  >;
  expect(server).toEqual({
    url: expect.stringContaining(`${env.APP_URL}/api/webhook/`),
    timeoutSeconds: 2,
    headers: { "x-team": "7" },
    credentialId: expect.any(String),
  });
  expect(serverMessages).toBeUndefined();
  await checkConnections(db);
  expect((await find("assistant")).drifts).toEqual([]);
});

test("connect: an assistant whose server changed in Vapi after the page loaded is not modified", async () => {
  one();
  const resource = await find("assistant");
  vapi.edit("assistant", resource.id, { server: { url: "https://other.example.com" } });
  const before = vapi.snapshot();
  const [result] = await apply([resource]);
  expect(result?.why).toContain("has changed since the page was loaded");
  expect(vapi.snapshot()).toEqual(before);
  // A change to another field does not matter.
  const again = await find("assistant");
  vapi.edit("assistant", resource.id, { firstMessage: "Hello" });
  expect((await apply([again]))[0]?.why).toBeNull();
});

test("connect: undo is rejected and changes nothing if the same field has since changed in Vapi", async () => {
  one();
  const resource = await find("assistant");
  const [result] = await apply([resource]);
  const changed = { ...(vapi.get("assistant", resource.id).server as object), timeoutSeconds: 40 };
  vapi.edit("assistant", resource.id, { server: changed });
  const before = vapi.snapshot();
  const refused = await restore(result?.changeId ?? "");
  expect(refused.status).toBe(409);
  expect((await refused.json()).detail).toContain("was changed in Vapi since (server)");
  expect(vapi.snapshot()).toEqual(before);
});

test("connect: a change and its undo are audited, and neither the page nor the stored changes show another server's secrets", async () => {
  one({ server: { url: "https://crm.example.com", headers: { Authorization: "Bearer crm-password" } } });
  const resource = await find("assistant");
  const [result] = await apply([resource]);
  expect((await restore(result?.changeId ?? "")).status).toBe(204);
  expect((await restore(result?.changeId ?? "")).status).toBe(409);
  expect(await audited()).toEqual(
    expect.arrayContaining(["vapi-settings.changed Clinic desk 1", "vapi-settings.restored Clinic desk 1"]),
  );
  const shown = JSON.stringify([await read(), await db.select().from(vapiChanges)]);
  expect(shown).not.toContain("crm-password");
  expect(shown).not.toContain("private-key");
});

test("connect: a PATCH whose response was lost counts as applied and can be undone", async () => {
  one();
  const before = vapi.snapshot();
  const resource = await find("assistant");
  await keepCredential(validId, false);
  vapi.failures.push(null, "drop");
  const [result] = await apply([resource]);
  expect(result?.why).toBeNull();
  expect((await find("assistant")).isConnected).toBe(true);
  expect((await restore(result?.changeId ?? "")).status).toBe(204);
  expect(vapi.snapshot()).toEqual(before);
});

test("connect: a connection that closes as it is reused does not stop a change", async () => {
  one();
  const resource = await find("assistant");
  await keepCredential(validId, false);
  // Once as the resource is read, and once as a lost PATCH is checked.
  vapi.failures.push("drop", null, "drop", "drop");
  const [result] = await apply([resource]);
  expect(result?.why).toBeNull();
  expect((await find("assistant")).isConnected).toBe(true);
  expect(vapi.requests.filter(({ method }) => method === "PATCH").length).toBe(1);
});

test("connect: a PATCH that Vapi rejects leaves nothing to undo", async () => {
  one();
  const resource = await find("assistant");
  await keepCredential(validId, false);
  vapi.failures.push(null, 400);
  const [result] = await apply([resource]);
  expect(result).toMatchObject({ why: "Vapi rejected the request (400): Not now.", changeId: null });
  expect((await read()).changes).toEqual([]);
});

test("connect: faults of squads, phone numbers and tools are listed, fixed when selected, and restored by undo", async () => {
  await keepCredential(validId, false);
  const foreign = { server: { url: "https://crm.example.com/vapi" } };
  const shared = { createdAt: "2026-01-01T00:00:00.000Z" };
  vapi.put("squad", {
    id: "squad-1",
    name: "Front desks",
    ...shared,
    membersOverrides: { serverMessages: ["status-update"], firstMessage: "Hi" },
    members: [
      { assistantId: "a", assistantOverrides: { ...foreign, variableValues: { a: 1 } } },
      { assistant: { name: "Inline", ...foreign } },
    ],
  });
  vapi.put("phone-number", { id: "line-1", number: "+15550100100", assistantId: "a", ...foreign, ...shared });
  vapi.put("phone-number", { id: "line-2", number: "+15550100101", ...shared });
  vapi.put("phone-number", { id: "line-3", number: "+15550100102", assistantId: "a", ...shared });
  vapi.put("tool", { id: "tool-1", function: { name: "echo" }, ...foreign, ...shared });
  const before = vapi.snapshot();
  const { resources } = await read();
  const kinds = Object.fromEntries(resources.map(({ id, faults }) => [id, faults.map(({ kind }) => kind)]));
  expect(kinds).toEqual({
    "squad-1": [
      "other-server",
      "override-server",
      "no-credential",
      "missing-messages",
      "override-messages",
      "no-retries",
    ],
    "line-1": ["other-server", "no-credential", "no-retries"],
    "line-2": ["no-server"],
    "line-3": [],
    "tool-1": ["tool-server"],
  });
  expect(resources.find(({ id }) => id === "tool-1")?.faults[0]?.isNote).toBe(true);
  const results = await apply(resources);
  expect(results.map(({ why }) => why)).toEqual(results.map(() => null));
  expect(vapi.get("squad", "squad-1")).toMatchObject({
    membersOverrides: { firstMessage: "Hi" },
    members: [
      { assistantId: "a", assistantOverrides: { variableValues: { a: 1 } } },
      { assistant: { name: "Inline" } },
    ],
  });
  expect(vapi.get("tool", "tool-1").server).toBeUndefined();
  for (const { changeId } of results) if (changeId) expect((await restore(changeId)).status).toBe(204);
  expect(vapi.snapshot()).toEqual(before);
});

test("connect: an API key that Vapi rejects is not saved; the saved one is shown only as a hint and not stored in plain text", async () => {
  const refused = await saveKey("wrong-key-of-somebody");
  expect([refused.status, (await refused.json()).detail]).toEqual([
    422,
    "Vapi rejects the API key. Save the private key of your organisation. The key was not saved.",
  ]);
  expect((await read()).key).toEqual({ source: "saved", hint: "-key", isReadable: true });
  expect(JSON.stringify(await db.select().from(settings))).not.toContain("private-key");
  expect(await canAskVapi()).toBe(true);
  const removed = await keyRoute.DELETE(send("/api/connect/key", { method: "DELETE", cookie }));
  expect([removed.status, (await read()).key.source, await canAskVapi()]).toEqual([204, null, false]);
});

test.each([
  [401, "Vapi rejects the API key"],
  [503, "Vapi is failing (503)"],
] as const)(
  "connect: if Vapi answers %i, the page loads and reports the failure",
  async (status, words) => {
    one();
    vapi.failures.push(...Array.from({ length: 20 }, () => status));
    const { failure, resources } = await read();
    vapi.failures.length = 0;
    expect(failure).toContain(words);
    expect(resources).toEqual([]);
  },
  30_000,
);
