import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { WebSocket } from "ws";
import { startControlServer } from "@/tests/support/servers/control-server";

const vapi = await startControlServer();
process.env.OUTGOING_ALLOWED_HOSTS = vapi.host;
process.env.VAPI_PUBLIC_KEY = "public-key-of-tests";

// Imported after the environment is set, because modules read it when loaded.
const { GET: listen, maxDuration } = await import("@/app/api/calls/[callId]/listen/route");
const { PATCH: changePerson } = await import("@/app/api/people/[userId]/route");
const { db } = await import("@/db/client");
const { claimListener } = await import("@/db/queries/listeners");
const { writeSetting } = await import("@/db/queries/settings");
const { apiKeys, auditLog, sessions } = await import("@/db/schema/auth");
const { callListeners } = await import("@/db/schema/control");
const { createApiKey } = await import("@/lib/auth/server/keys");
const { controlSetting } = await import("@/lib/control/control");
const { env } = await import("@/lib/env");
const { tidyListening } = await import("@/lib/control/server/listen");
const { statusUpdate } = await import("@/tests/fixtures/status-update");
const { deliver } = await import("@/tests/support/deliveries/deliver");
const { tester } = await import("@/tests/support/makers/make-credential");
const { signedIn } = await import("@/tests/support/people/people");
const { send } = await import("@/tests/support/people/send");

const [operator, viewer, admin] = await Promise.all([
  signedIn("operator"),
  signedIn("viewer"),
  signedIn("admin"),
]);

afterAll(() => vapi.stop());
afterEach(async () => {
  vapi.reset();
  await writeSetting(db, controlSetting, controlSetting.initial);
});

async function postStatus(callId: string, status: string, monitor: object | null = vapi.monitorOf(callId)) {
  const { message } = statusUpdate(status, { callId });
  await deliver({
    message: { ...message, timestamp: Date.now(), call: Object.assign({}, message.call, { monitor }) },
  });
}

async function liveCall(): Promise<string> {
  const callId = randomUUID();
  await postStatus(callId, "in-progress");
  return callId;
}

interface Asked {
  cookie?: string;
  /** An API key instead of the cookie. */
  key?: string;
  id?: string;
}

function ask(callId: string, { key, cookie = operator.cookie, id }: Asked = {}): Promise<Response> {
  const query = id ? `?id=${id}` : "";
  const params = Promise.resolve({ callId });
  return listen(send(`/api/calls/${callId}/listen${query}`, key ? { key } : { cookie }), { params });
}

/** Opens an audio stream and reads its first line; the test closes it. */
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
    /** Reads a number of bytes of audio. */
    async read(bytes: number): Promise<Buffer> {
      let sound = Buffer.alloc(0);
      while (sound.length < bytes) {
        const { value: piece, done } = await reader.read();
        if (done) break;
        sound = Buffer.concat([sound, piece]);
      }
      return sound;
    },
    /** Reads to the end of the stream. Returns the number of bytes. */
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
/** Why listening to the call last ended, for anyone or for one person. */
const endOf = async (callId: string, by?: string) =>
  (await auditsOf(callId)).filter(({ actorId }) => by === undefined || actorId === by).at(-1)?.detail?.reason;
const samples = (...values: number[]) => Buffer.from(new Int16Array(values).buffer);

describe("listening: the audio", () => {
  test("comes unchanged in the start frame's format, and is not cached", async () => {
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
  ])("of a call in %s is announced in that format", async (_, format) => {
    vapi.state.start = { type: "start", encoding: "linear16", container: "raw", ...format };
    const sound = await open(await liveCall());
    expect(sound.head).toMatchObject(format);
    await sound.stop();
  });

  test("of one call is fetched once per process, and each listener starts at a whole sample", async () => {
    const callId = await liveCall();
    const before = vapi.listeners.length;
    const first = await open(callId);
    // Vapi may send partial samples: three bytes of four.
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

describe("listening: unexpected replies from Vapi", () => {
  test.each([
    ["a binary frame first", Buffer.alloc(640)],
    ["a frame that is no JSON", "hello"],
    ["another encoding", { type: "start", encoding: "mulaw", sampleRate: 8_000, channels: 1 }],
    ["three channels", { type: "start", encoding: "linear16", sampleRate: 16_000, channels: 3 }],
    ["a rate that is none", { type: "start", encoding: "linear16", sampleRate: 0, channels: 2 }],
  ])("%s gets 502 with an explanation", async (_, start) => {
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
  ])("a handshake answered %i gets 502 with the reason", async (status, words) => {
    vapi.state.handshake = status;
    const answer = await ask(await liveCall());
    expect(answer.status).toBe(502);
    expect((await answer.json()).detail).toContain(words);
  });

  test("a start frame missing at the time limit gets 502 with the reason", async () => {
    vapi.state.start = null;
    const answer = await ask(await liveCall());
    expect(answer.status).toBe(502);
    expect((await answer.json()).detail).toContain("did not send the audio format");
  });

  test("a closed socket ends the stream, and the next listener gets a new socket", async () => {
    const callId = await liveCall();
    const sound = await open(callId);
    sound.socket.terminate();
    expect(await sound.rest()).toBe(0);
    await expect.poll(() => endOf(callId)).toBe("The connection to Vapi was lost.");
    const again = await open(callId);
    expect(again.socket).not.toBe(sound.socket);
    await again.stop();
  });

  test("a format change during the audio ends the stream", async () => {
    const callId = await liveCall();
    const sound = await open(callId);
    sound.socket.send(
      JSON.stringify({ type: "start", encoding: "linear16", sampleRate: 8_000, channels: 1 }),
    );
    expect(await sound.rest()).toBe(0);
    await expect.poll(() => endOf(callId)).toBe("Vapi changed the audio format.");
  });
});

describe("listening: permission and end", () => {
  test("viewers cannot listen, and ended calls, unknown calls and calls without a URL have no audio", async () => {
    const callId = await liveCall();
    expect((await ask(callId, { cookie: viewer.cookie })).status).toBe(403);
    expect((await ask(randomUUID())).status).toBe(404);
    await postStatus(callId, "ended");
    expect((await ask(callId)).status).toBe(409);
    const without = randomUUID();
    await postStatus(without, "in-progress", null);
    expect((await ask(without)).status).toBe(409);
  });

  test("a stream ends with the call", async () => {
    const callId = await liveCall();
    const sound = await open(callId);
    await postStatus(callId, "ended");
    await sound.rest();
    await expect.poll(() => endOf(callId)).toBe("The call ended.");
  });

  const changeTo = (json: object) => async (userId: string) => {
    const request = send(`/api/people/${userId}`, { method: "PATCH", cookie: admin.cookie, json });
    const answer = await changePerson(request, { params: Promise.resolve({ userId }) });
    expect(answer.status).toBe(204);
  };

  test.each([
    ["the session is revoked", (id: string) => db.delete(sessions).where(eq(sessions.userId, id)), 401],
    ["an admin makes its listener a viewer", changeTo({ role: "viewer" }), 403],
    ["an admin blocks its listener", changeTo({ blocked: true }), 401],
  ])("a stream ends once %s, and other streams continue", async (_, revoke, status) => {
    const callId = await liveCall();
    const { id, cookie } = await signedIn("operator");
    const [theirs, others] = [await open(callId, { cookie }), await open(callId)];
    await revoke(id);
    await theirs.rest();
    await expect.poll(() => endOf(callId, id)).toBe("The listener lost access to live audio.");
    // The player's next stream of the same listening is rejected too.
    expect((await ask(callId, { cookie })).status).toBe(status);
    others.socket.send(samples(7, 7));
    expect(await others.read(4)).toEqual(samples(7, 7));
    await others.stop();
  });

  test("a stream continues when its operator becomes an admin", async () => {
    const callId = await liveCall();
    const { id, cookie } = await signedIn("operator");
    const sound = await open(callId, { cookie });
    const leaseOf = async () => {
      const [row] = await db.select().from(callListeners).where(eq(callListeners.callId, callId));
      return row?.leaseUntil.getTime() ?? 0;
    };
    await changeTo({ role: "admin" })(id);
    const before = await leaseOf();
    // Permission was checked at least once since.
    await expect.poll(leaseOf).toBeGreaterThan(before);
    sound.socket.send(samples(3, 3));
    expect(await sound.read(4)).toEqual(samples(3, 3));
    await sound.stop();
  });

  test("a script's stream ends once its API key is revoked", async () => {
    const callId = await liveCall();
    const key = await createApiKey(db, { name: "Script", role: "operator", expiresInDays: 1 }, tester);
    const sound = await open(callId, { key });
    await db.update(apiKeys).set({ revokedAt: new Date() }).where(eq(apiKeys.name, "Script"));
    await sound.rest();
    await expect.poll(() => endOf(callId)).toBe("The listener lost access to live audio.");
    expect((await ask(callId, { key })).status).toBe(401);
  });

  test("the setting turns listening off at once, for current and new listeners", async () => {
    const callId = await liveCall();
    const sound = await open(callId);
    await writeSetting(db, controlSetting, { ...controlSetting.initial, listening: false });
    await sound.rest();
    await expect.poll(() => endOf(callId)).toBe("Listening was turned off.");
    const answer = await ask(callId);
    expect(answer.status).toBe(409);
    expect((await answer.json()).detail).toContain("turned off");
  });

  test("listeners are limited across all processes, and listeners with an expired lease do not count", async () => {
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
    // The player's next stream does not count as another listener, and replaces the previous one.
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

  test("five of twenty simultaneous listeners are admitted, as the setting allows", async () => {
    const callId = await liveCall();
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(callId)));
    const count = (status: number) => answers.filter((answer) => answer.status === status).length;
    expect([count(200), count(429)]).toEqual([5, 15]);
    await Promise.all(answers.map((answer) => answer.body?.cancel()));
  });

  test("the time limit of a stream is shorter than that of its serverless function", () => {
    expect(env.LISTEN_STREAM_SECONDS).toBeLessThan(maxDuration);
  });
});

describe("listening: a slow reader", () => {
  test("is disconnected with the reason, and other listeners are not affected", async () => {
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
    // The reason the stream itself could no longer send goes to its successor, and to no other stream.
    const [again, other] = [await open(callId, { id }), await open(callId, { id: randomUUID() })];
    expect([again.head.endedBefore, other.head.endedBefore]).toEqual([reason, undefined]);
    await Promise.all([quick.stop(), again.stop(), other.stop()]);
  });
});
