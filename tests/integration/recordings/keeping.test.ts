import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { makeWav } from "@/scripts/local/recordings/start-recordings";
import { startStorage } from "@/tests/support/servers/start-storage";
import { startVapiRecordings } from "@/tests/support/servers/start-vapi-recordings";

const [vapi, storage] = await Promise.all([startVapiRecordings("test-api-key"), startStorage("key-id")]);
Object.assign(process.env, {
  VAPI_API_KEY: "test-api-key",
  VAPI_BASE_URL: vapi.url,
  OUTGOING_ALLOWED_HOSTS: new URL(vapi.url).host,
  RECORDINGS_S3_ENDPOINT: storage.url,
  RECORDINGS_S3_BUCKET: "recordings",
  RECORDINGS_S3_KEY: "key-id",
  RECORDINGS_S3_SECRET: "key-secret",
});

// Imported after the environment is set, because modules read it when loaded.
const { GET } = await import("@/app/api/calls/[callId]/recording/route");
const { db } = await import("@/db/client");
const { getCallDetail } = await import("@/db/queries/calls/read");
const { writeSetting } = await import("@/db/queries/settings");
const { calls } = await import("@/db/schema/calls");
const { recordingCopies } = await import("@/db/schema/reports");
const { reports } = await import("@/db/schema/reports");
const { applyRetention } = await import("@/lib/privacy/server/erase");
const { countSubject } = await import("@/db/queries/privacy/subject");
const { deleteSubject } = await import("@/lib/privacy/server/erase");
const { retentionSetting } = await import("@/lib/privacy/subject");
const { keepRecordings } = await import("@/lib/recordings/server/copies");
const { readCopy } = await import("@/lib/recordings/server/storage");
const { endOfCallReport } = await import("@/tests/fixtures/end-of-call-report");
const { deliver } = await import("@/tests/support/deliveries/deliver");
const { signedIn } = await import("@/tests/support/people/people");
const { send } = await import("@/tests/support/people/send");

const operator = await signedIn("operator");
const wav = makeWav(3);

afterAll(() => {
  vapi.stop();
  storage.stop();
});

beforeEach(async () => {
  Object.assign(storage.state, { isBroken: false, isSilent: false, beforePut: null });
  storage.objects.clear();
  vapi.state.sends = "with length";
  await db.delete(recordingCopies);
  await db.delete(calls);
});

async function recordedCall(conversation = randomUUID()): Promise<string> {
  const callId = randomUUID();
  vapi.sounds.set(callId, wav);
  await deliver(endOfCallReport({ callId }), { conversation });
  await db.update(reports).set({ at: new Date() }).where(eq(reports.callId, callId));
  return callId;
}

async function copyOf(callId: string) {
  const [copy] = await db.select().from(recordingCopies).where(eq(recordingCopies.callId, callId));
  return copy;
}

const recordingOf = async (callId: string) => (await getCallDetail(db, callId))?.recording;
const limits = { budgetMs: 20_000, attemptMs: 240_000, answerMs: 100 };
const makeDue = () => db.update(recordingCopies).set({ dueAt: sql`now()` });

function play(callId: string, headers: Record<string, string> = {}) {
  const request = send(`/api/calls/${callId}/recording`, { cookie: operator.cookie, headers });
  return GET(request, { params: Promise.resolve({ callId }) });
}

describe("a stored copy of a recording", () => {
  test("is made after the report arrives, and is played when Vapi no longer has the recording", async () => {
    const callId = await recordedCall();
    await keepRecordings(db);
    expect([...storage.objects.values()]).toEqual([{ bytes: wav, contentType: "audio/wav" }]);
    expect(await recordingOf(callId)).toEqual({
      state: "playable",
      why: null,
      copy: "kept",
      copyError: null,
    });

    vapi.sounds.delete(callId);
    const whole = await play(callId);
    expect(whole.headers.get("content-type")).toBe("audio/wav");
    expect(Buffer.from(await whole.arrayBuffer()).equals(wav)).toBe(true);
    const piece = await play(callId, { range: "bytes=10-19" });
    expect([piece.status, piece.headers.get("content-range")]).toEqual([206, `bytes 10-19/${wav.length}`]);
    const beyond = await play(callId, { range: "bytes=99999999-" });
    expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, `bytes */${wav.length}`]);
  });

  test("is made only once, even by four concurrent runs", async () => {
    await Promise.all([recordedCall(), recordedCall(), recordedCall()]);
    const before = vapi.state.asked;
    await Promise.all([1, 2, 3, 4].map(() => keepRecordings(db)));
    await keepRecordings(db);
    expect(storage.objects.size).toBe(3);
    expect(vapi.state.asked - before).toBeLessThanOrEqual(3);
  });

  test("is made in parts from a response without a length, but never from half a recording", async () => {
    const callId = await recordedCall();
    const long = makeWav(400);
    expect(long.length).toBeGreaterThan(2 * 5 * 1024 ** 2);
    vapi.sounds.set(callId, long);
    vapi.state.sends = "half of it";
    await keepRecordings(db);
    expect([storage.objects.size, storage.uploads.size]).toEqual([0, 0]);
    expect(await recordingOf(callId)).toMatchObject({ copy: "waiting" });

    vapi.state.sends = "in chunks";
    await makeDue();
    await keepRecordings(db);
    expect([...storage.objects.values()].map(({ bytes }) => bytes.equals(long))).toEqual([true]);
    expect(storage.uploads.size).toBe(0);
    expect(await copyOf(callId)).toMatchObject({
      state: "kept",
      bytes: long.length,
      contentType: "audio/wav",
    });
  });

  test("is shown as waiting after a failure, is not retried at once, and is given up after ten attempts", async () => {
    const callId = await recordedCall();
    storage.state.isBroken = true;
    await keepRecordings(db);
    expect(await recordingOf(callId)).toMatchObject({
      state: "playable",
      copy: "waiting",
      copyError: expect.stringContaining("storage rejected it"),
    });
    expect(await copyOf(callId)).toMatchObject({ attempts: 1 });
    await keepRecordings(db);
    expect(await copyOf(callId)).toMatchObject({ attempts: 1 });

    await db.update(recordingCopies).set({ attempts: 9, dueAt: sql`now()` });
    await keepRecordings(db);
    expect(await copyOf(callId)).toMatchObject({ state: "failed", attempts: 10 });
  });

  test("is given up after ten attempts none of which was finished", async () => {
    const callId = await recordedCall();
    storage.state.isBroken = true;
    await keepRecordings(db);
    const before = vapi.state.asked;
    await db.update(recordingCopies).set({ attempts: 10, dueAt: sql`now()` });
    await keepRecordings(db);
    expect(await copyOf(callId)).toMatchObject({
      state: "failed",
      error: "None of 10 attempts was finished.",
    });
    expect(vapi.state.asked).toBe(before);
  });

  test.each([
    [
      "is kept when a slow process that lost it finishes after another",
      async () => {
        await makeDue();
        await keepRecordings(db);
      },
      1,
    ],
    [
      "is removed when a slow process finishes after its call was deleted",
      () => db.update(recordingCopies).set({ state: "deleting" }),
      0,
    ],
  ])("%s", async (_, happen, objects) => {
    await recordedCall();
    let finish = () => {};
    const arrived = new Promise<void>((resolve) => {
      storage.state.beforePut = () => {
        resolve();
        return new Promise<void>((done) => (finish = done));
      };
    });
    const slow = keepRecordings(db);
    await arrived;
    await happen();
    finish();
    await slow;
    expect(storage.objects.size).toBe(objects);
  });

  test.each(["with length", "in chunks"] as const)(
    "is tried again later when storage never answers (a recording sent %s)",
    async (sends) => {
      const callId = await recordedCall();
      vapi.state.sends = sends;
      storage.state.isSilent = true;
      await keepRecordings(db, { ...limits, attemptMs: 1_500 });
      expect(await copyOf(callId)).toMatchObject({
        state: "waiting",
        error: "Copying it took longer than 1.5 s.",
      });
    },
  );

  test("is not waited for when storage never answers, neither to play nor to delete it", async () => {
    const callId = await recordedCall();
    await keepRecordings(db);
    storage.state.isSilent = true;
    const copy = (await copyOf(callId)) ?? fail();
    await expect(readCopy(copy, { range: null }, limits.answerMs)).rejects.toThrow(/exceeded/);
    await db.update(recordingCopies).set({ state: "deleting", dueAt: sql`now()` });
    await keepRecordings(db, limits);
    expect(await copyOf(callId)).toMatchObject({ state: "deleting" });
  });

  test("is made on a retry after a failure", async () => {
    const callId = await recordedCall();
    storage.state.isBroken = true;
    await keepRecordings(db);
    storage.state.isBroken = false;
    await makeDue();
    await keepRecordings(db);
    expect(await recordingOf(callId)).toMatchObject({ copy: "kept", copyError: null });
  });

  test("fails with an explanation when Vapi no longer has the recording", async () => {
    const callId = await recordedCall();
    vapi.sounds.delete(callId);
    await keepRecordings(db);
    expect(await copyOf(callId)).toMatchObject({
      state: "failed",
      error: expect.stringContaining("14 days"),
    });
  });
});

describe("a stored copy of a recording is deleted", () => {
  test("with its conversation, as counted in the preview", async () => {
    const conversation = randomUUID();
    await recordedCall(conversation);
    const stays = await recordedCall();
    await keepRecordings(db);
    const by = { actor: { kind: "person" as const, id: operator.id, name: operator.email }, ip: null };
    const subject = { kind: "conversation" as const, uuid: conversation };
    expect(await countSubject(db, subject)).toMatchObject({ calls: 1, copies: 1 });
    await deleteSubject(db, subject, "delete 1 call", by);
    expect(await countSubject(db, subject)).toMatchObject({ calls: 0, copies: 0 });
    await keepRecordings(db);
    expect(storage.objects.size).toBe(1);
    expect(await db.select({ callId: recordingCopies.callId }).from(recordingCopies)).toEqual([
      { callId: stays },
    ]);
  });

  test("when recordings reach their retention limit", async () => {
    const callId = await recordedCall();
    await keepRecordings(db);
    await db.update(calls).set({ createdAt: sql`now() - interval '8 days'` });
    await writeSetting(db, retentionSetting, {
      events: null,
      transcripts: null,
      recordings: 7,
      personal: null,
    });
    await applyRetention(db);
    await keepRecordings(db);
    expect(storage.objects.size).toBe(0);
    expect(await copyOf(callId)).toBeUndefined();
    expect(await recordingOf(callId)).toMatchObject({ state: "none", copy: null });
    expect((await play(callId)).status).toBe(404);
  });

  test("as soon as an unreachable storage is back", async () => {
    const callId = await recordedCall();
    await keepRecordings(db);
    await db.update(recordingCopies).set({ state: "deleting", dueAt: sql`now()` });
    storage.state.isBroken = true;
    await keepRecordings(db);
    expect(await copyOf(callId)).toMatchObject({ state: "deleting" });
    storage.state.isBroken = false;
    await makeDue();
    await keepRecordings(db);
    expect(storage.objects.size).toBe(0);
    expect(await copyOf(callId)).toBeUndefined();
  });
});

function fail(): never {
  throw new Error("the test has no such copy");
}
