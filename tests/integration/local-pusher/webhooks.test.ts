import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test, vi } from "vitest";
import { startPusherServer } from "@/scripts/local/pusher-server/start";
import { connectClient, createPublisher, subscribe } from "@/tests/support/servers/pusher-clients";
import { testPusherApp } from "@/tests/support/servers/test-pusher";

/** The app's side: keeps verified events, and answers the first `failures` requests with 500. */
async function startReceiver(failures = 0) {
  const verifier = createPublisher(1);
  const events: object[] = [];
  let refused = 0;
  const server = createServer(async (request, response) => {
    const rawBody = await text(request);
    const webhook = verifier.webhook({ headers: { ...request.headers }, rawBody });
    const isRefused = refused < failures;
    if (isRefused) refused += 1;
    else if (webhook.isValid()) events.push(...webhook.getEvents());
    response.writeHead(isRefused ? 500 : 200).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hook`, events, server };
}

async function comeAndGo(webhookUrl: string) {
  const pusher = await startPusherServer({ app: testPusherApp, webhookUrl });
  const client = await connectClient(pusher.port, { user_id: "ada" });
  await subscribe(client, "private-call-1");
  await subscribe(client, "presence-call-1");
  client.unsubscribe("private-call-1");
  client.disconnect();
  return pusher;
}

const expected = [
  { name: "channel_occupied", channel: "private-call-1" },
  { name: "channel_occupied", channel: "presence-call-1" },
  { name: "member_added", channel: "presence-call-1", user_id: "ada" },
  { name: "channel_vacated", channel: "private-call-1" },
  { name: "member_removed", channel: "presence-call-1", user_id: "ada" },
  { name: "channel_vacated", channel: "presence-call-1" },
];

test("local Pusher: the app gets signed webhooks of channels and members, in order", async () => {
  const receiver = await startReceiver();
  const pusher = await comeAndGo(receiver.url);
  await vi.waitFor(() => expect(receiver.events).toEqual(expected), 5_000);
  await pusher.close();
  receiver.server.close();
});

test("local Pusher: failed webhooks are retried, and none is lost or duplicated", async () => {
  const receiver = await startReceiver(2);
  const pusher = await comeAndGo(receiver.url);
  await vi.waitFor(() => expect(receiver.events).toEqual(expected), 10_000);
  await pusher.close();
  receiver.server.close();
});
