import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GET as captureCall } from "@/app/api/calls/[callId]/capture/route";
import { GET as captureConversation } from "@/app/api/conversations/[uuid]/capture/route";
import { db } from "@/db/client";
import { getCallDetail } from "@/db/queries/calls/read";
import { auditLog } from "@/db/schema/auth";
import { findCaptures } from "@/scripts/replayer/find-captures";
import { replay } from "@/scripts/replayer/replay";
import { generateCall } from "@/scripts/simulator/generate-call";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { deliver } from "@/tests/support/deliveries/deliver";
import { signedIn, type TestPerson } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";
import { startReceiver } from "@/tests/support/servers/start-receiver";

let operator: TestPerson;
let folder: string;

beforeAll(async () => {
  operator = await signedIn("operator");
  folder = mkdtempSync(join(tmpdir(), "earshot-capture-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const eventful = { hangs: 1, tools: 1, interruptions: 1, functionCalls: 0, duplicates: 0.1, disorder: 0.2 };

/** Delivers a simulated call; optionally without transcript events, as by Vapi's defaults. */
async function simulate(seed: string, { hasTranscript = true } = {}) {
  const call = generateCall(seed, { ...eventful, transfers: 0 });
  const posted = call.events.filter(({ message }) => hasTranscript || message.type !== "transcript");
  for (const { message } of posted) await deliver({ message }, { conversation: call.conversationUuid });
  return call;
}

async function download(of: { callId: string } | { conversationId: string }): Promise<string> {
  const request = send("/api/capture", { cookie: operator.cookie });
  const response =
    "callId" in of
      ? await captureCall(request, { params: Promise.resolve(of) })
      : await captureConversation(request, { params: Promise.resolve({ uuid: of.conversationId }) });
  expect(response.status).toBe(200);
  const [, name] = /filename="(.+)"/.exec(response.headers.get("content-disposition") ?? "") ?? [];
  const file = join(folder, name ?? "");
  writeFileSync(file, await response.text());
  return file;
}

/** Runs `npm run replay -- FILE` against a webhook that records into this database. */
async function replayInto(file: string): Promise<void> {
  const receiver = await startReceiver(async ({ path, body, headers }) => {
    const conversation = path.split("/").at(-1) ?? null;
    const secret = String(headers["x-vapi-secret"]);
    return deliver(body, { conversation, headers: { "x-vapi-secret": secret } });
  });
  const options = {
    url: receiver.url,
    secret: "test-webhook-secret",
    speed: 0,
    seed: "s",
    conversationUuid: null,
  };
  const said: string[] = [];
  const { hasFailed } = await replay(
    findCaptures(file),
    { ...options, isShuffled: false, isTwice: false },
    (line) => said.push(line),
  );
  await receiver.stop();
  expect({ hasFailed, said }).toEqual({ hasFailed: false, said: [] });
}

const empty = () => db.execute(sql`truncate calls, events, conversations cascade`);

/** What a reader of the call's page sees, without newly created IDs and facts about deliveries. */
async function read(callId: string) {
  const detail = await getCallDetail(db, callId);
  if (!detail) throw new Error("The call is not known.");
  const { conversationUuid: _, version: __, ...call } = detail.call;
  return {
    call,
    // Partials are counted, not logged one by one, so lines known only from partials are not part of a download.
    lines: detail.lines.flatMap(({ role, text, at, onlyIn }) =>
      onlyIn === "partial" ? [] : [{ role, text, at }],
    ),
    marks: detail.marks.map(({ kind, role, at, detail: words }) => ({ kind, role, at, words })),
    toolCalls: detail.toolCalls.map(({ id, name, arguments: args, result }) => ({ id, name, args, result })),
    report: detail.report,
  };
}

describe("a call downloaded and replayed into an empty database", () => {
  test.each([
    ["with transcripts", true],
    ["by Vapi's default messages", false],
  ])("equals the original call: %s", async (seed, hasTranscript) => {
    const { callId } = await simulate(seed, { hasTranscript });
    const before = await read(callId);
    expect(before.lines.length).toBeGreaterThan(3);
    const file = await download({ callId });
    await empty();
    await replayInto(file);
    expect(await read(callId)).toEqual(before);
  });

  test("has its lines from conversation updates when no report has arrived", async () => {
    const call = generateCall("unfinished", { ...eventful, transfers: 0 });
    const posted = call.events.filter(
      ({ message }) => !["transcript", "end-of-call-report"].includes(message.type),
    );
    for (const { message } of posted) await deliver({ message }, { conversation: call.conversationUuid });
    const before = await read(call.callId);
    expect(before.lines.length).toBeGreaterThan(3);
    const file = await download({ callId: call.callId });
    await empty();
    await replayInto(file);
    expect((await read(call.callId)).lines).toEqual(before.lines);
  });

  test("captures: a conversation's download includes the events of its calls and events without a call", async () => {
    const [callId, conversationUuid] = [randomUUID(), randomUUID()];
    await deliver(statusUpdate("in-progress", { callId }), { conversation: conversationUuid });
    await deliver({ message: { type: "model.dreamt" } }, { conversation: conversationUuid });
    const file = await download({ conversationId: conversationUuid });
    const types = findCaptures(file).flatMap(({ bodies }) =>
      bodies.map(({ bytes }) => JSON.parse(bytes.toString()).message.type),
    );
    expect(types).toEqual(["status-update", "model.dreamt"]);
    expect(findCaptures(file)[0]?.bodies[0]?.callId).toBe(callId);
  });
});

describe("the download of a capture", () => {
  test("is allowed for operators and recorded in the audit log", async () => {
    const callId = randomUUID();
    await deliver(statusUpdate("in-progress", { callId }));
    await download({ callId });
    const entries = await db.select().from(auditLog).where(eq(auditLog.target, callId));
    expect(entries).toEqual([expect.objectContaining({ action: "capture.downloaded" })]);
  });

  test("is rejected for viewers and answered 404 for an unknown call", async () => {
    const viewer = await signedIn("viewer");
    const ask = (cookie: string) =>
      captureCall(send("/x", { cookie }), { params: Promise.resolve({ callId: "none" }) });
    expect((await ask(viewer.cookie)).status).toBe(403);
    expect((await ask(operator.cookie)).status).toBe(404);
  });
});
