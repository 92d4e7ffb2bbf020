import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type PusherClient from "pusher-js";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { POST as auth } from "@/app/api/auth/[...all]/route";
import { DELETE as revokeKey } from "@/app/api/keys/[keyId]/route";
import { POST as makeResetLink } from "@/app/api/people/[userId]/reset-link/route";
import { PATCH as changePerson, DELETE as removePerson } from "@/app/api/people/[userId]/route";
import { DELETE as endSessions } from "@/app/api/people/[userId]/sessions/route";
import { POST as authorizeChannel } from "@/app/api/pusher/auth/route";
import { GET as getGeneration } from "@/app/api/pusher/generation/route";
import { DELETE as endSession } from "@/app/api/sessions/[sessionId]/route";
import { db } from "@/db/client";
import { apiKeys, sessions } from "@/db/schema/auth";
import { realtimeGrants } from "@/db/schema/operations";
import type { Role } from "@/lib/auth/roles";
import { createApiKey } from "@/lib/auth/server/keys";
import { createConnection } from "@/lib/realtime/client/connection";
import type { ChannelListener } from "@/lib/realtime/client/connection-types";
import type { Push } from "@/lib/realtime/push";
import {
  boardChannel,
  callChannel,
  conversationChannel,
  maskedChannel,
  presenceChannel,
} from "@/lib/realtime/push";
import { currentGeneration } from "@/lib/realtime/server/generation";
import { reconcileOccupancy } from "@/lib/realtime/server/pusher-webhook";
import { sendPushes } from "@/lib/realtime/server/send";
import { cookieFrom, password, signedIn, signIn, type TestPerson } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";
import { realName } from "@/tests/support/servers/collect-pushes";
import { connectClient, createPublisher, next } from "@/tests/support/servers/pusher-clients";
import { testPusher, testPusherApp } from "@/tests/support/servers/test-pusher";

type Credentials = { cookie?: string; key?: string };

const appUrl = "http://localhost:3000";
const callId = randomUUID();
const uuid = randomUUID();
const channels = [boardChannel, callChannel(callId), conversationChannel(uuid)];

let admin: TestPerson;
let honest: Awaited<ReturnType<typeof openPage>>;

beforeAll(async () => {
  admin = await signedIn("admin");
  honest = await openPage(await signedIn("operator"));
});

function askToJoin(name: string, socketId: string, { cookie, key }: Credentials): Promise<Response> {
  return authorizeChannel(
    new Request(`${appUrl}/api/pusher/auth`, {
      method: "POST",
      headers: {
        origin: appUrl,
        ...(cookie ? { cookie } : {}),
        ...(key ? { authorization: `Bearer ${key}` } : {}),
      },
      body: new URLSearchParams({ socket_id: socketId, channel_name: name }),
    }),
  );
}

/** An official client that joins once, never signs in, and never leaves on its own. */
async function eavesdrop(credentials: Credentials, names: readonly string[]) {
  const client = await connectClient(testPusher.port);
  const pushes: Push[] = [];
  const real = await Promise.all(names.map(realName));
  for (const name of real) {
    const answer = await askToJoin(name, client.connection.socket_id, credentials);
    expect(answer.status).toBe(200);
    const channel = client.channels.add(name, client);
    channel.bind("push", (data: Push[]) => pushes.push(...data));
    const joined = next(channel, "pusher:subscription_succeeded");
    client.send_event("pusher:subscribe", { channel: name, ...(await answer.json()) });
    await joined;
  }
  return { client, heard: pushes, real };
}

/** A page with Earshot's own realtime client; a browser would send its cookie along. */
async function openPage({ cookie }: TestPerson, isMasked = false) {
  const overNetwork = globalThis.fetch;
  vi.stubGlobal("fetch", (input: string | URL | Request, init: RequestInit = {}) => {
    if (input === "/api/pusher/auth" && init.body instanceof URLSearchParams)
      return askToJoin(init.body.get("channel_name") ?? "", init.body.get("socket_id") ?? "", { cookie });
    if (input === "/api/pusher/generation") return getGeneration(send(input, { cookie }));
    return overNetwork(input, init);
  });
  const server = { host: "127.0.0.1", port: testPusher.port, useTls: false };
  const connection = createConnection({ key: testPusherApp.key, cluster: "local", server }, isMasked);
  connection.subscribe(() => {});
  const pushes: Push[] = [];
  let refetches = 0;
  const listener: ChannelListener = {
    push: (push) => pushes.push(push),
    refetch: () => {
      refetches += 1;
    },
  };
  for (const channel of [...channels, presenceChannel(callId)]) connection.join(channel, listener);
  await vi.waitUntil(() => refetches >= channels.length, { timeout: 5_000 });
  return { connection, heard: pushes, refetches: () => refetches };
}

/** Publishes one recognisable push to each channel. */
async function publish(mark: string): Promise<void> {
  await sendPushes(channels.map((channel) => ({ channel, push: { kind: "stale", callId: mark } })));
}

const has = (pushes: readonly Push[], mark: string) =>
  pushes.some((push) => push.kind === "stale" && push.callId === mark);

/** Waits for everything published before: a connection keeps its order. */
async function waitForAll(client: PusherClient, name: string): Promise<void> {
  const fence = next(client.channel(name), "fence");
  await createPublisher(testPusher.port).trigger(name, "fence", {});
  await fence;
}

async function expectSilence(
  { client, heard: pushes, real }: Awaited<ReturnType<typeof eavesdrop>>,
  before: string,
): Promise<void> {
  // A publish notices the revocation, whether or not a message about it arrived.
  const publishMeanwhile = async () => {
    await publish("meanwhile");
    return currentName();
  };
  await expect.poll(publishMeanwhile, { timeout: 5_000 }).not.toBe(before);
  const mark = randomUUID();
  await expect
    .poll(
      async () => {
        await publish(mark);
        return has(honest.heard, mark);
      },
      { timeout: 5_000 },
    )
    .toBe(true);
  for (const name of real) await waitForAll(client, name);
  expect(has(pushes, mark)).toBe(false);
}

/** The generation in the database, read without refreshing the one in memory. */
async function currentName(): Promise<string> {
  const [row] = await db.$client<{ generation: string }[]>`select generation from realtime_generations`;
  return row?.generation ?? "";
}

const asAdmin = (method: string, json?: object) =>
  send("/api/people", { method, cookie: admin.cookie, ...(json && { json }) });
const about = (userId: string) => ({ params: Promise.resolve({ userId }) });
const postAuth = (path: string, json: object, cookie?: string) =>
  auth(send(`/api/auth${path}`, { method: "POST", json, ...(cookie && { cookie }) }));
const sessionOf = async ({ id }: TestPerson) => {
  const [session] = await db.select().from(sessions).where(eq(sessions.userId, id));
  return session?.id ?? "";
};

const revocations: [string, (person: TestPerson) => Promise<unknown>][] = [
  ["is given a lesser role", ({ id }) => changePerson(asAdmin("PATCH", { role: "viewer" }), about(id))],
  ["is blocked", ({ id }) => changePerson(asAdmin("PATCH", { blocked: true }), about(id))],
  ["is removed", ({ id }) => removePerson(asAdmin("DELETE"), about(id))],
  ["is signed out everywhere", ({ id }) => endSessions(asAdmin("DELETE"), about(id))],
  ["signs out", ({ cookie }) => postAuth("/sign-out", {}, cookie)],
  [
    "ends the session from another",
    async (person) => {
      const sessionId = await sessionOf(person);
      const cookie = await cookieFrom(await signIn(person.email, password));
      return endSession(send("/api/sessions", { method: "DELETE", cookie }), {
        params: Promise.resolve({ sessionId }),
      });
    },
  ],
  [
    "resets the password",
    async ({ id }) => {
      const { link } = await (await makeResetLink(asAdmin("POST"), about(id))).json();
      const token = new URL(link).searchParams.get("token");
      return postAuth("/reset-password", { token, newPassword: "another horse, another battery" });
    },
  ],
  [
    "changes the password elsewhere",
    async ({ email }) => {
      const cookie = await cookieFrom(await signIn(email, password));
      const change = { currentPassword: password, newPassword: "another horse, another battery" };
      return postAuth("/change-password", { ...change, revokeOtherSessions: true }, cookie);
    },
  ],
  [
    "has a session that runs out, which nobody tells",
    ({ id }) => db.update(sessions).set({ expiresAt: new Date() }).where(eq(sessions.userId, id)),
  ],
  ["loses the session by hand", ({ id }) => db.delete(sessions).where(eq(sessions.userId, id))],
];

describe("realtime: a client that ignores revocation receives nothing more once its user", () => {
  test.each(revocations)("%s, and an honest page continues", async (_, revoke) => {
    const person = await signedIn("operator");
    const rogue = await eavesdrop(person, [...channels, presenceChannel(callId)]);
    await publish("before");
    await expect.poll(() => rogue.heard.filter((push) => has([push], "before")).length).toBe(3);
    const before = await currentName();
    const answer = await revoke(person);
    if (answer instanceof Response) expect(answer.ok).toBe(true);
    await expectSilence(rogue, before);
    const again = await askToJoin(await realName(boardChannel), "1.2", person);
    expect([401, 403]).toContain(again.status);
  });

  test("is blocked, even on masked channels", async () => {
    const person = await signedIn("viewer");
    const rogue = await eavesdrop(person, channels.map(maskedChannel));
    const before = await currentName();
    await changePerson(asAdmin("PATCH", { blocked: true }), about(person.id));
    await expectSilence(rogue, before);
  });
});

describe("realtime: a script with an API key receives nothing more once the key", () => {
  const by = { actor: { kind: "system", name: "test" }, ip: null } as const;
  const make = async (role: Role) => {
    const name = randomUUID();
    const key = await createApiKey(db, { name, role, expiresInDays: 1 }, by);
    const [row] = await db.select().from(apiKeys).where(eq(apiKeys.name, name));
    return { key, id: row?.id ?? "" };
  };

  test.each<[string, (id: string) => Promise<unknown>]>([
    [
      "is revoked",
      (keyId) =>
        revokeKey(send("/api/keys", { method: "DELETE", cookie: admin.cookie }), {
          params: Promise.resolve({ keyId }),
        }),
    ],
    ["runs out", (id) => db.update(apiKeys).set({ expiresAt: new Date() }).where(eq(apiKeys.id, id))],
  ])("%s", async (_, revoke) => {
    const { key, id } = await make("operator");
    const rogue = await eavesdrop({ key }, channels);
    const before = await currentName();
    await revoke(id);
    await expectSilence(rogue, before);
    expect((await askToJoin(await realName(boardChannel), "1.2", { key })).status).toBe(401);
  });
});

describe("realtime: an honest page", () => {
  test("refetches after a generation change and still receives pushes on the old channels", async () => {
    const before = await currentGeneration();
    const mark = randomUUID();
    const publishOnOld = (callId: string) =>
      createPublisher(testPusher.port).triggerBatch([
        {
          channel: `${boardChannel}@${before}`,
          name: "push",
          data: JSON.stringify([{ kind: "stale", callId }]),
        },
      ]);
    // An earlier test may have moved the page a moment ago, and the move takes a second.
    const first = randomUUID();
    const isThere = () => publishOnOld(first).then(() => has(honest.heard, first));
    await expect.poll(isThere, { timeout: 10_000 }).toBe(true);
    const refetches = honest.refetches();
    await postAuth("/sign-out", {}, (await joined()).cookie);
    expect(await currentName()).not.toBe(before);
    await expect.poll(() => honest.refetches(), { timeout: 5_000 }).toBeGreaterThan(refetches);
    await publishOnOld(mark);
    await expect.poll(() => has(honest.heard, mark), { timeout: 5_000 }).toBe(true);
  });

  test("gets a missed generation change from the tick", async () => {
    const watching = await connectClient(testPusher.port);
    await eavesdrop(admin, [boardChannel]);
    await db.$client`update realtime_generations set generation = 'somewhere-else'`;
    const control = watching.subscribe("private-generation");
    await next(control, "pusher:subscription_succeeded");
    const told = next<{ generation: string }>(control, "rotate");
    await reconcileOccupancy(db);
    expect(await told).toEqual({ generation: "somewhere-else" });
  });
});

describe("realtime: generations", () => {
  test("reach another process without a notice", async () => {
    vi.resetModules();
    const other: typeof import("@/lib/realtime/server/generation") = await import(
      "@/lib/realtime/server/generation"
    );
    const person = await joined();
    expect(await other.publishingGeneration()).toBe(await currentGeneration());
    await changePerson(asAdmin("PATCH", { blocked: true }), about(person.id));
    const now = await currentGeneration();
    await expect.poll(() => other.publishingGeneration(), { timeout: 5_000 }).toBe(now);
  });

  test("change once for a session with a subscription, and not for one without", async () => {
    const before = await currentGeneration();
    await postAuth("/sign-out", {}, (await signedIn("operator")).cookie);
    expect(await currentGeneration()).toBe(before);
    const person = await joined();
    await Promise.all([1, 2, 3].map(() => postAuth("/sign-out", {}, person.cookie)));
    const after = await currentGeneration();
    expect(after).not.toBe(before);
    expect(await currentGeneration()).toBe(after);
    const grants = await db.select().from(realtimeGrants);
    expect(grants.filter(({ generation }) => generation === before)).toEqual([]);
  });

  test("change at once if a person joined just after losing access", async () => {
    const before = await currentGeneration();
    await db
      .insert(realtimeGrants)
      .values({ generation: before, holderKind: "person", holderId: "gone", role: "operator" });
    expect(await currentGeneration()).not.toBe(before);
  });
});

/** A person who has been admitted to the board. */
async function joined(): Promise<TestPerson> {
  const person = await signedIn("operator");
  expect((await askToJoin(await realName(boardChannel), "1.2", person)).status).toBe(200);
  return person;
}
