import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, expect, test } from "vitest";
import { type Received, startReceiver } from "@/tests/support/servers/start-receiver";

const clinic = { id: "41e4a819-0000-4e88-8f1e-000000000001", name: "Clinic reception" };
const garage = { id: "41e4a819-0000-4e88-8f1e-000000000002", name: "Garage" };
const fresh = { id: "41e4a819-0000-4e88-8f1e-0000000000aa", name: "Made just now" };
const desks = { id: "41e4a819-0000-4e88-8f1e-000000000003", name: "All desks" };
const line = { id: "41e4a819-0000-4e88-8f1e-000000000004", number: "+15550100100", name: "Booking line" };

/** Vapi's list endpoints. */
let lists: Record<string, object[]> = {};
let status = 200;
const vapi = await startReceiver(({ path }: Received) => ({
  status,
  body: lists[new URL(path, "http://vapi").pathname] ?? [],
}));
process.env.VAPI_API_KEY = "private-key";
process.env.VAPI_BASE_URL = vapi.url;

// Imported after the environment is set, because modules read it when loaded.
const { GET } = await import("@/app/api/vapi/resources/route");
const { PUT } = await import("@/app/api/routing/route");
const { POST } = await import("@/app/api/conversations/route");
const { db } = await import("@/db/client");
const { readRouting } = await import("@/db/queries/routing");
const { startLiveCall } = await import("@/tests/support/deliveries/live-call");
const { signedIn } = await import("@/tests/support/people/people");
const { send } = await import("@/tests/support/people/send");

const { cookie } = await signedIn("admin");
const read = async () => (await GET(send("/api/vapi/resources", { cookie }))).json();

async function saveRules(...assistantIds: string[]) {
  const { version } = await readRouting(db);
  const rules = assistantIds.map((assistantId) => ({
    id: randomUUID(),
    name: `to ${assistantId.slice(-2)}`,
    answer: { kind: "assistant-id", assistantId },
  }));
  const json = { version, rules, defaultAnswer: null };
  return PUT(send("/api/routing", { method: "PUT", cookie, json }));
}

beforeEach(() => {
  status = 200;
  lists = { "/assistant": [clinic, garage], "/squad": [desks], "/phone-number": [line] };
});

afterAll(() => vapi.stop());

test("resources: names come from Vapi and from recorded calls", async () => {
  const call = startLiveCall();
  await call.answered(5);
  const known = await read();
  expect(known).toMatchObject({ squads: [desks], isFromVapi: true });
  expect(known.phoneNumbers).toContainEqual({ id: line.id, name: "+1 555 010 0100 · Booking line" });
  expect(known.phoneNumbers.length).toBe(2);
  // Vapi's, with the recorded call's; names that another test has made Vapi list are remembered for a minute.
  const own = known.assistants.filter(({ id }: { id: string }) => id !== fresh.id);
  expect(own).toEqual(expect.arrayContaining([clinic, garage]));
  expect(own.length).toBe(3);
});

test("resources: a rule with an assistant unknown to Vapi is not saved, and the error names the rule", async () => {
  const unknown = "41e4a819-0000-4e88-8f1e-0000000000ff";
  const refused = await saveRules(clinic.id, unknown);
  expect(refused.status).toBe(422);
  expect(await refused.json()).toMatchObject({
    detail: `Rule “to ff”: Vapi has no assistant with the ID ${unknown}.`,
  });
  expect((await saveRules(clinic.id, garage.id)).status).toBe(200);
});

test("resources: a new assistant can be used at once, and one deleted in Vapi does not block other changes", async () => {
  await read();
  lists["/assistant"] = [clinic, garage, fresh];
  await expect.poll(async () => (await saveRules(fresh.id)).status, { timeout: 5_000 }).toBe(200);
  lists["/assistant"] = [clinic];
  expect((await saveRules(fresh.id, clinic.id)).status).toBe(200);
});

test("resources: a conversation with an assistant unknown to Vapi is not created", async () => {
  const json = { name: "Desk", answer: { assistantId: "assistant-7" } };
  const refused = await POST(send("/api/conversations", { method: "POST", cookie, json }));
  expect([refused.status, (await refused.json()).detail]).toEqual([
    422,
    "Vapi has no assistant with the ID assistant-7.",
  ]);
});

test("resources: while Vapi fails, the known names are used", async () => {
  await read();
  status = 500;
  expect((await read()).assistants).toEqual(expect.arrayContaining([clinic]));
});
