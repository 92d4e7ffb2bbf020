import type { Members } from "pusher-js";
import { expect, test } from "vitest";
import WebSocket from "ws";
import { startPusherServer } from "@/scripts/local/pusher-server/start";
import { connectClient, createPublisher, next, subscribe } from "@/tests/support/servers/pusher-clients";
import { testPusher, testPusherApp } from "@/tests/support/servers/test-pusher";

const { port } = testPusher;

test.each(["private-room", "presence-room"])(
  "local Pusher: %s rejects a signature made with another secret",
  async (name) => {
    const client = await connectClient(port, { user_id: "1" }, "another secret");
    const refused = next<{ data: { code: number } }>(client.connection, "error");
    const channel = client.subscribe(name);
    expect((await refused).data.code).toBe(4009);
    expect(channel.subscribed).toBe(false);
  },
);

test("local Pusher: a signature for one connection is rejected on another", async () => {
  const client = await connectClient(port);
  const { auth } = createPublisher(port).authorizeChannel("1.1", "private-one");
  const refused = next<{ data: { code: number } }>(client.connection, "error");
  client.send_event("pusher:subscribe", { channel: "private-one", auth });
  expect((await refused).data.code).toBe(4009);
});

test("local Pusher: a presence channel lists its members and announces each join and leave once", async () => {
  const ada = await connectClient(port, { user_id: "ada", user_info: { name: "Ada" } });
  const room = await subscribe(ada, "presence-who");
  const added = next(room, "pusher:member_added");
  const bob = await connectClient(port, { user_id: "bob", user_info: { name: "Bob" } });
  const seenByBob = next<Members>(bob.subscribe("presence-who"), "pusher:subscription_succeeded");
  expect(await added).toEqual({ id: "bob", info: { name: "Bob" } });
  expect((await seenByBob).count).toBe(2);

  // Bob's second tab does not count as a second member, and closing it does not remove him.
  const events: string[] = [];
  room.bind_global((event: string) => events.push(event));
  const secondTab = await connectClient(port, { user_id: "bob" });
  await subscribe(secondTab, "presence-who");
  secondTab.disconnect();
  const removed = next(room, "pusher:member_removed");
  bob.unsubscribe("presence-who");
  expect(await removed).toMatchObject({ id: "bob" });
  expect(events.filter((event) => event.includes("member_"))).toEqual(["pusher:member_removed"]);
});

test("local Pusher: no event arrives after unsubscribing", async () => {
  const client = await connectClient(port);
  const channel = await subscribe(client, "leaving");
  const heard: unknown[] = [];
  channel.bind("push", (data: unknown) => heard.push(data));
  client.unsubscribe("leaving");
  const still = next(await subscribe(client, "staying"), "push");
  await createPublisher(port).trigger(["leaving", "staying"], "push", {});
  await still;
  expect(heard).toEqual([]);
});

test("local Pusher: a client reconnects to a restarted server and rejoins its channels", async () => {
  const first = await startPusherServer({ app: testPusherApp });
  const client = await connectClient(first.port);
  const channel = await subscribe(client, "private-lasting");
  const back = next(channel, "pusher:subscription_succeeded");
  await first.close();
  const second = await startPusherServer({ app: testPusherApp, port: first.port });
  await back;
  const heard = next(channel, "push");
  await createPublisher(first.port).trigger("private-lasting", "push", "again");
  expect(await heard).toBe("again");
  await second.close();
});

test.each([
  ["/app/another-key?protocol=7", 4001],
  ["/somewhere", 4005],
  ["/app/test-key?protocol=3", 4007],
  ["/app/test-key", 4008],
])("local Pusher: a connection to %s is closed with Pusher's code %i", async (path, code) => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`);
  expect(await new Promise((resolve) => socket.on("close", resolve))).toBe(code);
});

test("local Pusher: a broken or oversized message closes at most its sender's connection", async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/app/test-key?protocol=7`);
  const messages: string[] = [];
  socket.on("message", (data) => messages.push(String(data)));
  await new Promise((resolve) => socket.on("open", resolve));
  for (const nonsense of ["", "{", "[]", '{"event":1}', '{"event":"pusher:subscribe","data":7}']) {
    socket.send(nonsense);
  }
  socket.send("x".repeat(1_000_000));
  await new Promise((resolve) => socket.on("close", resolve));
  expect(messages.filter((message) => message.includes("pusher:error"))).toHaveLength(5);
  await connectClient(port);
});
