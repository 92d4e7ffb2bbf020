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

// Only now, for the environment is read when the modules are loaded.
const connectRoute = await import("@/app/api/connect/route");
const keyRoute = await import("@/app/api/connect/key/route");
const applyRoute = await import("@/app/api/connect/apply/route");
const restoreRoute = await import("@/app/api/connect/changes/[changeId]/restore/route");
const { neededMessages } = await import("@/lib/connect/needs");
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

/** A credential that Earshot has made in Vapi. */
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

/** 50 assistants: every kind of fault, several times over, and some with which nothing is wrong. */
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

test("connect: 50 assistants with every kind of fault: all named, mended, nothing else touched, put back byte for byte", async () => {
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

  // Only the fields that were shown, and only as they were shown.
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
