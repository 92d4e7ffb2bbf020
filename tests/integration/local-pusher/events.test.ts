import { expect, test } from "vitest";
import { connectClient, createPublisher, next, subscribe } from "@/tests/support/servers/pusher-clients";
import { testPusher } from "@/tests/support/servers/test-pusher";

const { port } = testPusher;
const publisher = createPublisher(port);

test("local Pusher: an event reaches every subscriber of its channel, and no one else", async () => {
  const [near, far] = await Promise.all([connectClient(port), connectClient(port)]);
  const heard = next(await subscribe(near, "private-a"), "push");
  const elsewhere: unknown[] = [];
  const other = await subscribe(far, "private-b");
  other.bind("push", (data: unknown) => elsewhere.push(data));

  await publisher.trigger("private-a", "push", { words: "hällo" });
  expect(await heard).toEqual({ words: "hällo" });

  const last = next(other, "last");
  await publisher.trigger("private-b", "last", {});
  await last;
  expect(elsewhere).toEqual([]);
});

test("local Pusher: a batch arrives in order, each event on its own channel", async () => {
  const client = await connectClient(port);
  const heard: unknown[] = [];
  for (const name of ["one", "two"]) {
    (await subscribe(client, name)).bind("push", (data: unknown) => heard.push([name, data]));
  }
  const last = next(client.channel("two"), "last");
  await publisher.triggerBatch([
    { channel: "one", name: "push", data: 1 },
    { channel: "two", name: "push", data: 2 },
    { channel: "one", name: "push", data: 3 },
    { channel: "two", name: "last", data: 4 },
  ]);
  await last;
  expect(heard).toEqual([
    ["one", 1],
    ["two", 2],
    ["one", 3],
  ]);
});

test("local Pusher: an event is not sent to the excluded socket", async () => {
  const [sender, receiver] = await Promise.all([connectClient(port), connectClient(port)]);
  const own: unknown[] = [];
  const senderChannel = await subscribe(sender, "private-exclusion");
  senderChannel.bind("push", (data: unknown) => own.push(data));
  const heard = next(await subscribe(receiver, "private-exclusion"), "push");

  await publisher.trigger("private-exclusion", "push", 1, { socket_id: sender.connection.socket_id });
  expect(await heard).toBe(1);
  const last = next(senderChannel, "last");
  await publisher.trigger("private-exclusion", "last", {});
  await last;
  expect(own).toEqual([]);
});

test("local Pusher: a client event on a presence channel reaches another subscriber with the sender's ID", async () => {
  const ada = await connectClient(port, { user_id: "ada" });
  const bob = await connectClient(port, { user_id: "bob" });
  const fromAda = await subscribe(ada, "presence-talk");
  const toBob = await subscribe(bob, "presence-talk");
  const heard = new Promise((resolve) => toBob.bind("client-wave", (...said: unknown[]) => resolve(said)));
  fromAda.trigger("client-wave", { hand: "left" });
  expect(await heard).toEqual([{ hand: "left" }, { user_id: "ada" }]);
});

test("local Pusher: client events on a public channel are rejected", async () => {
  const client = await connectClient(port);
  const channel = await subscribe(client, "public");
  const refused = next<{ data: { message: string } }>(client.connection, "error");
  channel.trigger("client-wave", {});
  expect((await refused).data.message).toMatch(/private or presence/);
});

test("local Pusher: an event of 10 KB is accepted, and one byte more is answered 413", async () => {
  const client = await connectClient(port);
  const heard = next<string>(await subscribe(client, "size"), "push");
  await publisher.trigger("size", "push", "x".repeat(10_240));
  expect(await heard).toHaveLength(10_240);
  await expect(publisher.trigger("size", "push", "x".repeat(10_241))).rejects.toMatchObject({ status: 413 });
  const batch = [{ channel: "size", name: "push", data: "x".repeat(10_241) }];
  await expect(publisher.triggerBatch(batch)).rejects.toMatchObject({ status: 413 });
});

test("local Pusher: a batch of eleven is answered 400", async () => {
  const batch = Array.from({ length: 11 }, () => ({ channel: "many", name: "push", data: {} }));
  await expect(publisher.triggerBatch(batch)).rejects.toMatchObject({ status: 400, body: /at most 10/ });
});

test("local Pusher: a publisher with the wrong secret is answered 401", async () => {
  const stranger = createPublisher(port, "wrong");
  await expect(stranger.trigger("private-a", "push", {})).rejects.toMatchObject({ status: 401 });
});
