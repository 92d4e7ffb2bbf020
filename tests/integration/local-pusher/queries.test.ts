import { expect, test } from "vitest";
import { startPusherServer } from "@/scripts/local/pusher-server/start";
import { connectClient, createPublisher, subscribe } from "@/tests/support/servers/pusher-clients";
import { testPusher, testPusherApp } from "@/tests/support/servers/test-pusher";

async function occupied() {
  const server = await startPusherServer({ app: testPusherApp });
  const publisher = createPublisher(server.port);
  for (const user_id of ["ada", "bob", "bob"]) {
    const client = await connectClient(server.port, { user_id });
    await subscribe(client, "presence-room");
    if (user_id === "ada") await subscribe(client, "private-desk");
  }
  const get = async (path: string, params: Record<string, string> = {}) =>
    (await publisher.get({ path, params })).json();
  return { get, close: server.close };
}

test("local Pusher: occupied channels, their counts and users can be queried", async () => {
  const { get, close } = await occupied();
  expect(await get("/channels")).toEqual({ channels: { "presence-room": {}, "private-desk": {} } });
  expect(await get("/channels", { filter_by_prefix: "presence-", info: "user_count" })).toEqual({
    channels: { "presence-room": { user_count: 2 } },
  });
  expect(await get("/channels/presence-room", { info: "user_count,subscription_count" })).toEqual({
    occupied: true,
    user_count: 2,
    subscription_count: 3,
  });
  expect(await get("/channels/private-nobody")).toEqual({ occupied: false });
  expect(await get("/channels/presence-room/users")).toEqual({ users: [{ id: "ada" }, { id: "bob" }] });
  await close();
});

test.each([
  [400, "/channels", { info: "user_count" }],
  [400, "/channels/private-desk", { info: "user_count" }],
  [400, "/channels/private-desk/users", {}],
  [404, "/nothing", {}],
])("local Pusher: %i is returned for GET %s with %o", async (status, path, params) => {
  const publisher = createPublisher(testPusher.port);
  await expect(publisher.get({ path, params })).rejects.toMatchObject({ status });
});

test("local Pusher: an old, forged or altered request is answered 401", async () => {
  const publisher = createPublisher(testPusher.port);
  const body = JSON.stringify({ name: "push", channel: "a", data: "1" });
  const post = (query: string, sent: string) =>
    fetch(`http://127.0.0.1:${testPusher.port}/apps/${testPusherApp.id}/events?${query}`, {
      method: "POST",
      body: sent,
    });
  const path = `/apps/${testPusherApp.id}/events`;
  const query = publisher.createSignedQueryString({ method: "POST", path, body });

  expect((await post(query, body)).status).toBe(200);
  expect((await post(query, body.replace("1", "2"))).status).toBe(401);
  expect((await post(query.replace(/signature=./, "signature=_"), body)).status).toBe(401);
  expect((await post(query.replace(/timestamp=\d/, "timestamp=9"), body)).status).toBe(401);
  expect((await post("", body)).status).toBe(401);
});
