import PusherClient from "pusher-js";
import { expect, onTestFinished, test } from "vitest";
import { PATCH as changePerson } from "@/app/api/people/[userId]/route";
import { DELETE as endSessions } from "@/app/api/people/[userId]/sessions/route";
import { POST as authorizeChannel } from "@/app/api/pusher/auth/route";
import { POST as authenticateUser } from "@/app/api/pusher/user/route";
import { boardChannel } from "@/lib/realtime/channels";
import { signedIn } from "@/tests/support/people";
import { next } from "@/tests/support/pusher-clients";
import { testPusher, testPusherApp } from "@/tests/support/test-pusher";

const appUrl = "http://localhost:3000";

/** A page of somebody's, with the official client, joined to the board as pages join it. */
async function openBoard(cookie: string) {
  const ask = async (route: (request: Request) => Promise<Response>, form: Record<string, string>) => {
    const headers = { origin: appUrl, cookie };
    const answer = await route(
      new Request(appUrl, { method: "POST", headers, body: new URLSearchParams(form) }),
    );
    return answer.json();
  };
  const client = new PusherClient(testPusherApp.key, {
    cluster: "local",
    wsHost: "127.0.0.1",
    wsPort: testPusher.port,
    forceTLS: false,
    enabledTransports: ["ws"],
    userAuthentication: {
      transport: "ajax",
      endpoint: "unused",
      customHandler: async ({ socketId }, tell) =>
        tell(null, await ask(authenticateUser, { socket_id: socketId })),
    },
    channelAuthorization: {
      transport: "ajax",
      endpoint: "unused",
      customHandler: async ({ socketId, channelName }, tell) =>
        tell(null, await ask(authorizeChannel, { socket_id: socketId, channel_name: channelName })),
    },
  });
  onTestFinished(() => client.disconnect());
  client.signin();
  await next(client.subscribe(boardChannel), "pusher:subscription_succeeded");
  await client.user.signinDonePromise;
  return client;
}

const asAdmin = async (method: "PATCH" | "DELETE", body?: object) => {
  const { cookie } = await signedIn("admin");
  return new Request(`${appUrl}/api/people`, {
    method,
    headers: { origin: appUrl, cookie, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
};

test.each([
  [
    "is blocked",
    async (userId: string) => changePerson(await asAdmin("PATCH", { blocked: true }), about(userId)),
  ],
  [
    "is given a lesser role",
    async (userId: string) => changePerson(await asAdmin("PATCH", { role: "viewer" }), about(userId)),
  ],
  ["is signed out everywhere", async (userId: string) => endSessions(await asAdmin("DELETE"), about(userId))],
])("whoever %s hears nothing more on connections already open, and others go on", async (_, act) => {
  const [person, other] = [await signedIn("operator"), await signedIn("operator")];
  const [theirs, others] = [await openBoard(person.cookie), await openBoard(other.cookie)];
  const cut = next(theirs.connection, "disconnected");
  expect((await act(person.id)).ok).toBe(true);
  await cut;
  expect(theirs.channel(boardChannel).subscribed).toBe(false);
  expect(others.connection.state).toBe("connected");
});

test("nobody signs in a connection as somebody else", async () => {
  const { cookie } = await signedIn("viewer");
  const client = await openBoard((await signedIn("operator")).cookie);
  const forged = new PusherClient(testPusherApp.key, {
    cluster: "local",
    wsHost: "127.0.0.1",
    wsPort: testPusher.port,
    forceTLS: false,
    enabledTransports: ["ws"],
  });
  onTestFinished(() => forged.disconnect());
  await next(forged.connection, "connected");
  const answer = await authenticateUser(
    new Request(appUrl, {
      method: "POST",
      headers: { origin: appUrl, cookie },
      body: new URLSearchParams({ socket_id: client.connection.socket_id }),
    }),
  );
  // Signed for another connection: worth nothing on this one.
  const refused = next(forged.connection, "disconnected");
  forged.send_event("pusher:signin", await answer.json());
  await refused;
});

function about(userId: string) {
  return { params: Promise.resolve({ userId }) };
}
