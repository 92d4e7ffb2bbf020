import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { startReceiver } from "@/tests/support/servers/start-receiver";

let status = 200;
const vapi = await startReceiver(() => ({ status }));
process.env.OUTGOING_ALLOWED_HOSTS = new URL(vapi.url).host;

// Imported after the environment is set, because modules read it when loaded.
const { db } = await import("@/db/client");
const { directoryEntries } = await import("@/db/schema/routing");
const { askTool } = await import("@/tests/support/deliveries/ask-tools");
const { dumpDatabase } = await import("@/tests/support/database/dump-database");

const controlUrl = `${vapi.url}/secret-path/control`;

beforeEach(async () => {
  vapi.received.length = 0;
  await db.delete(directoryEntries);
  await db.insert(directoryEntries).values({
    team: "Billing",
    kind: "number",
    address: "+15550100950",
    message: "Billing will take it from here.",
  });
});

afterEach(() => {
  status = 200;
});

afterAll(() => vapi.stop());

/** Runs the tool on a call with a control URL, or without one. */
function transfer(team: string, url: string | null, callId = randomUUID()) {
  const call = { id: callId, type: "inboundPhoneCall", ...(url && { monitor: { controlUrl: url } }) };
  return askTool("transfer_to_team", { team }, { callId, with: { call } });
}

test("transfer tool: repeats transfer a live call once, through its control URL, with a message for the caller", async () => {
  const callId = randomUUID();
  const said = await Promise.all([1, 2, 3].map(() => transfer("the billing team", controlUrl, callId)));
  expect(said).toEqual(said.map(() => "Billing will take it from here."));
  expect(vapi.received.map(({ path, body }) => [path, JSON.parse(body)])).toEqual([
    [
      "/secret-path/control",
      {
        type: "transfer",
        destination: {
          type: "number",
          number: "+15550100950",
          message: "Billing will take it from here.",
        },
        content: "Billing will take it from here.",
      },
    ],
  ]);
  expect(await dumpDatabase()).not.toContain("secret-path");
});

test("transfer tool: a call without a control URL gets an error with the team's number", async () => {
  expect(await transfer("billing", null)).toBe(
    "error: I cannot transfer this call myself. Billing can be reached at +15550100950.",
  );
});

test("transfer tool: a tool call without a control URL uses the one from an earlier event", async () => {
  const callId = randomUUID();
  await askTool(
    "echo",
    { text: "hello" },
    { callId, with: { call: { id: callId, monitor: { controlUrl } } } },
  );
  expect(await transfer("billing", null, callId)).toBe("Billing will take it from here.");
  expect(vapi.received.map(({ path }) => path)).toEqual(["/secret-path/control"]);
});

test("transfer tool: a control URL outside Vapi gets an error instead of a transfer", async () => {
  expect(await transfer("billing", "https://thief.example.com/control")).toBe(
    "error: The call cannot be transferred from here.",
  );
});

test("transfer tool: a rejection by Vapi is reported as a failed transfer", async () => {
  status = 400;
  expect(await transfer("billing", controlUrl)).toBe(
    "error: The transfer was rejected. The call was not transferred.",
  );
});

test("transfer tool: an unknown team gets an error that lists the known teams", async () => {
  expect(await transfer("sales", controlUrl)).toBe(
    "error: I do not know that team. I can transfer you to Billing.",
  );
  expect(vapi.received).toEqual([]);
});
