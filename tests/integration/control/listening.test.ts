import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { WebSocket } from "ws";
import { startControlServer } from "@/tests/support/servers/control-server";

const vapi = await startControlServer();
process.env.OUTGOING_ALLOWED_HOSTS = vapi.host;
process.env.VAPI_PUBLIC_KEY = "public-key-of-tests";

// Only now, for the environment is read when the modules are loaded.
const { GET: listen, maxDuration } = await import("@/app/api/calls/[callId]/listen/route");
const { db } = await import("@/db/client");
const { claimListener } = await import("@/db/queries/listeners");
const { writeSetting } = await import("@/db/queries/settings");
const { auditLog, sessions, users } = await import("@/db/schema/auth");
const { callListeners } = await import("@/db/schema/control");
const { controlSetting } = await import("@/lib/control/control");
const { env } = await import("@/lib/env");
const { tidyListening } = await import("@/lib/control/server/listen");
const { statusUpdate } = await import("@/tests/fixtures/status-update");
const { deliver } = await import("@/tests/support/deliveries/deliver");
const { tester } = await import("@/tests/support/makers/make-credential");
const { signedIn } = await import("@/tests/support/people/people");
const { send } = await import("@/tests/support/people/send");

const [operator, viewer] = await Promise.all([signedIn("operator"), signedIn("viewer")]);

afterAll(() => vapi.stop());
afterEach(async () => {
  vapi.reset();
  await writeSetting(db, controlSetting, controlSetting.initial);
});

async function tell(callId: string, status: string, monitor: object | null = vapi.monitorOf(callId)) {
  const { message } = statusUpdate(status, { callId });
  await deliver({
    message: { ...message, timestamp: Date.now(), call: Object.assign({}, message.call, { monitor }) },
  });
}

async function liveCall(): Promise<string> {
  const callId = randomUUID();
  await tell(callId, "in-progress");
  return callId;
}

interface Asked {
  cookie?: string;
  id?: string;
}

function ask(callId: string, { cookie = operator.cookie, id }: Asked = {}): Promise<Response> {
  const query = id ? `?id=${id}` : "";
  const params = Promise.resolve({ callId });
  return listen(send(`/api/calls/${callId}/listen${query}`, { cookie }), { params });
}

/** A stream of sound with its first line read; closed by whoever tests. */
async function open(callId: string, asked?: Asked) {
  const answer = await ask(callId, asked);
  expect(answer.status).toBe(200);
  const reader = (answer.body ?? new ReadableStream()).getReader();
  const { value } = await reader.read();
  const socket: WebSocket | undefined = vapi.listeners.at(-1);
  if (!socket) throw new Error("Vapi was not asked for the sound.");
  return {
    answer,
    head: JSON.parse(new TextDecoder().decode(value)),
    socket,
    stop: () => reader.cancel(),
    /** So many bytes of the sound. */
    async read(bytes: number): Promise<Buffer> {
      let sound = Buffer.alloc(0);
      while (sound.length < bytes) {
        const { value: piece, done } = await reader.read();
        if (done) break;
        sound = Buffer.concat([sound, piece]);
      }
      return sound;
    },
    /** What comes until the stream ends. */
    async rest(): Promise<number> {
      for (let bytes = 0; ; ) {
        const { value: piece, done } = await reader.read();
        if (done) return bytes;
        bytes += piece.byteLength;
      }
    },
  };
}

const auditsOf = async (callId: string) => {
  const rows = await db
    .select({ action: auditLog.action, detail: auditLog.detail, actorId: auditLog.actorId })
    .from(auditLog)
    .where(eq(auditLog.target, callId))
    .orderBy(auditLog.id);
  return rows.filter(({ action }) => action.startsWith("listening."));
};
const endOf = async (callId: string) => (await auditsOf(callId)).at(-1)?.detail?.reason;
const samples = (...values: number[]) => Buffer.from(new Int16Array(values).buffer);

describe("listening: the sound", () => {
  test("comes as the start frame says it does, unchanged, not kept by anybody on the way", async () => {
    const callId = await liveCall();
    const sound = await open(callId);
    expect(sound.head).toEqual({ sampleRate: 16_000, channels: 2, endsAfter: 280 });
    expect(sound.answer.headers.get("cache-control")).toContain("no-store");
    expect(vapi.state.authorization).toBe("Bearer public-key-of-tests");
    const sent = samples(1, -2, 300, -400);
    sound.socket.send(sent);
    expect(await sound.read(sent.length)).toEqual(sent);
    await sound.stop();
    await expect
      .poll(() => auditsOf(callId))
      .toMatchObject([
        { action: "listening.started", actorId: operator.id },
        {
          action: "listening.ended",
          actorId: operator.id,
          detail: { seconds: expect.stringMatching(/^\d+$/) },
        },
      ]);
    await expect.poll(() => sound.socket.readyState).toBe(sound.socket.CLOSED);
  });

  test.each([
    ["mono", { sampleRate: 16_000, channels: 1 }],
    ["8 kHz", { sampleRate: 8_000, channels: 2 }],
  ])("of a call in %s is said to be that", async (_, format) => {
    vapi.state.start = { type: "start", encoding: "linear16", container: "raw", ...format };
    const sound = await open(await liveCall());
    expect(sound.head).toMatchObject(format);
    await sound.stop();
  });

  test("of one call is fetched once for all who listen in a process, and each begins at a whole sample", async () => {
    const callId = await liveCall();
    const before = vapi.listeners.length;
    const first = await open(callId);
    // Vapi need not send whole samples: three bytes of four.
    first.socket.send(Buffer.from([1, 2, 3]));
    await first.read(3);
    const second = await open(callId);
    expect(vapi.listeners.length - before).toBe(1);
    first.socket.send(Buffer.from([4, 5, 6, 7, 8]));
    expect(await first.read(5)).toEqual(Buffer.from([4, 5, 6, 7, 8]));
    expect(await second.read(4)).toEqual(Buffer.from([5, 6, 7, 8]));
    await first.stop();
    first.socket.send(Buffer.from([9, 9, 9, 9]));
    expect(await second.read(4)).toEqual(Buffer.from([9, 9, 9, 9]));
    await second.stop();
  });
});

describe("listening: what Vapi may do instead", () => {
  test.each([
    ["a binary frame first", Buffer.alloc(640)],
    ["a frame that is no JSON", "hello"],
    ["another encoding", { type: "start", encoding: "mulaw", sampleRate: 8_000, channels: 1 }],
    ["three channels", { type: "start", encoding: "linear16", sampleRate: 16_000, channels: 3 }],
    ["a rate that is none", { type: "start", encoding: "linear16", sampleRate: 0, channels: 2 }],
  ])("%s: the sound is refused in words, for nothing is assumed", async (_, start) => {
    const callId = await liveCall();
    vapi.state.start = start;
    const answer = await ask(callId);
    expect(answer.status).toBe(502);
    expect((await answer.json()).detail).toContain("format");
    expect(await db.$count(callListeners, eq(callListeners.callId, callId))).toBe(0);
    expect(await auditsOf(callId)).toHaveLength(2);
  });

  test.each([
    [401, "set VAPI_PUBLIC_KEY"],
    [404, "it may be over"],
    [500, "Vapi answered 500"],
  ])("a handshake answered %i is a 502 that says so", async (status, words) => {
    vapi.state.handshake = status;
    const answer = await ask(await liveCall());
    expect(answer.status).toBe(502);
    expect((await answer.json()).detail).toContain(words);
  });

  test("silence instead of a start frame is a 502 in the end", async () => {
    vapi.state.start = null;
    const answer = await ask(await liveCall());
    expect(answer.status).toBe(502);
    expect((await answer.json()).detail).toContain("did not send the audio format");
  });

  test("a socket that is closed ends the stream, and the next listener has a new one", async () => {
    const callId = await liveCall();
    const sound = await open(callId);
    sound.socket.terminate();
    expect(await sound.rest()).toBe(0);
    await expect.poll(() => endOf(callId)).toBe("The connection to Vapi was lost.");
    const again = await open(callId);
    expect(again.socket).not.toBe(sound.socket);
    await again.stop();
  });

  test("another format in the middle of the sound ends the stream rather than play noise", async () => {
    const callId = await liveCall();
    const sound = await open(callId);
    sound.socket.send(
      JSON.stringify({ type: "start", encoding: "linear16", sampleRate: 8_000, channels: 1 }),
    );
    expect(await sound.rest()).toBe(0);
    await expect.poll(() => endOf(callId)).toBe("Vapi changed the audio format.");
  });
});

describe("listening: who may, and until when", () => {
  test("a viewer may not; a call that is over, unknown or without a URL cannot be heard", async () => {
    const callId = await liveCall();
    expect((await ask(callId, { cookie: viewer.cookie })).status).toBe(403);
    expect((await ask(randomUUID())).status).toBe(404);
    await tell(callId, "ended");
    expect((await ask(callId)).status).toBe(409);
    const without = randomUUID();
    await tell(without, "in-progress", null);
    expect((await ask(without)).status).toBe(409);
  });

  test("ends with the call", async () => {
    const callId = await liveCall();
    const sound = await open(callId);
    await tell(callId, "ended");
    await sound.rest();
    await expect.poll(() => endOf(callId)).toBe("The call ended.");
  });

  test.each([
    ["the session is revoked", (id: string) => db.delete(sessions).where(eq(sessions.userId, id))],
    ["the role is lost", (id: string) => db.update(users).set({ role: "viewer" }).where(eq(users.id, id))],
    ["the person is blocked", (id: string) => db.update(users).set({ banned: true }).where(eq(users.id, id))],
  ])("ends by itself once %s, while everybody else goes on", async (_, revoke) => {
    const callId = await liveCall();
    const somebody = await signedIn("operator");
    const [theirs, others] = [await open(callId, { cookie: somebody.cookie }), await open(callId)];
    await revoke(somebody.id);
    await theirs.rest();
    others.socket.send(samples(7, 7));
    expect(await others.read(4)).toEqual(samples(7, 7));
    await others.stop();
    const ends = async () =>
      (await auditsOf(callId)).filter(({ actorId }) => actorId === somebody.id).at(-1)?.detail;
    await expect.poll(ends).toMatchObject({ reason: "They may no longer listen." });
  });

  test("the setting turns it off at once, for those who listen and those who would", async () => {
    const callId = await liveCall();
    const sound = await open(callId);
    await writeSetting(db, controlSetting, { ...controlSetting.initial, listening: false });
    await sound.rest();
    await expect.poll(() => endOf(callId)).toBe("Listening was turned off.");
    const answer = await ask(callId);
    expect(answer.status).toBe(409);
    expect((await answer.json()).detail).toContain("turned off");
  });

  test("no more than the setting says at once, those of other processes counted, and none that died", async () => {
    await writeSetting(db, controlSetting, { ...controlSetting.initial, listenersPerCall: 2 });
    const callId = await liveCall();
    const elsewhere = {
      id: randomUUID(),
      stream: randomUUID(),
      callId,
      holderKind: "person",
      holderId: "x",
      by: tester,
    } as const;
    expect(await claimListener(db, elsewhere, 2)).toBe("new");
    const id = randomUUID();
    const first = await open(callId, { id });
    expect((await ask(callId)).status).toBe(429);
    // The player's next stream is no further listener, and takes the place of the one before.
    const next = await open(callId, { id });
    await first.rest();
    expect(await auditsOf(callId)).toHaveLength(1);
    await db
      .update(callListeners)
      .set({ leaseUntil: sql`now() - interval '1 second'` })
      .where(eq(callListeners.id, elsewhere.id));
    const freed = await open(callId);
    await tidyListening();
    expect((await auditsOf(callId)).at(-1)?.detail).toMatchObject({ reason: "Earshot was interrupted." });
    await Promise.all([next.stop(), freed.stop()]);
    await expect.poll(() => db.$count(callListeners, eq(callListeners.callId, callId))).toBe(0);
  });

  test("of twenty who come at once as many are let in as the setting says", async () => {
    const callId = await liveCall();
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(callId)));
    const count = (status: number) => answers.filter((answer) => answer.status === status).length;
    expect([count(200), count(429)]).toEqual([5, 15]);
    await Promise.all(answers.map((answer) => answer.body?.cancel()));
  });

  test("a stream ends by itself before its function's time is up", () => {
    expect(env.LISTEN_STREAM_SECONDS).toBeLessThan(maxDuration);
  });
});

describe("listening: a reader that is too slow", () => {
  test("is ended with the reason after a quarter of a megabyte, and nobody else notices", async () => {
    const callId = await liveCall();
    const id = randomUUID();
    const slow = await open(callId, { id });
    expect(slow.head.endedBefore).toBeUndefined();
    const quick = await open(callId);
    const piece = Buffer.alloc(64 * 1024);
    for (let sent = 0; sent < 8; sent += 1) {
      slow.socket.send(piece);
      expect((await quick.read(piece.length)).length).toBe(piece.length);
    }
    await expect(slow.rest()).rejects.toThrow("too slow for the audio");
    const reason = "The connection was too slow for the audio.";
    expect((await auditsOf(callId)).map(({ detail }) => detail?.reason)).toContain(reason);
    // What the stream itself could not say any more: to whoever goes on with it, and to nobody else.
    const [again, other] = [await open(callId, { id }), await open(callId, { id: randomUUID() })];
    expect([again.head.endedBefore, other.head.endedBefore]).toEqual([reason, undefined]);
    await Promise.all([quick.stop(), again.stop(), other.stop()]);
  });
});
