import PusherServerClient from "pusher";
import PusherClient, { type Channel } from "pusher-js";
import { onTestFinished } from "vitest";
import { testPusherApp } from "./test-pusher";

/** The official server library, connected to a local port. */
export function createPublisher(port: number, secret = testPusherApp.secret) {
  const { id, key } = testPusherApp;
  return new PusherServerClient({
    appId: id,
    key,
    secret,
    host: "127.0.0.1",
    port: String(port),
    timeout: 3_000,
  });
}

type Person = { user_id: string; user_info?: { name: string } };

/**
 * Connects the official browser library to a local port until the test ends. The official server library authorizes its
 * channels with `secret`, as an app would.
 */
export async function connectClient(port: number, person: Person = { user_id: "1" }, secret?: string) {
  const publisher = createPublisher(port, secret);
  const client = new PusherClient(testPusherApp.key, {
    cluster: "local",
    wsHost: "127.0.0.1",
    wsPort: port,
    forceTLS: false,
    enabledTransports: ["ws"],
    channelAuthorization: {
      transport: "ajax",
      endpoint: "unused",
      customHandler: ({ socketId, channelName }, answer) => {
        const presence = channelName.startsWith("presence-") ? [person] : [];
        answer(null, publisher.authorizeChannel(socketId, channelName, ...presence));
      },
    },
  });
  onTestFinished(() => client.disconnect());
  await new Promise((resolve) => client.connection.bind("connected", resolve));
  return client;
}

type Source = {
  bind: (event: string, handler: (payload: never) => void) => unknown;
  unbind: (event: string, handler: (payload: never) => void) => unknown;
};

/** Resolves with the next payload of an event on a channel or a connection. */
export function next<T = unknown>(source: Source, event: string): Promise<T> {
  return new Promise((resolve) => {
    const handler = (payload: T) => {
      source.unbind(event, handler);
      resolve(payload);
    };
    source.bind(event, handler);
  });
}

/** Subscribes, and waits for the server's confirmation. */
export async function subscribe(client: PusherClient, name: string): Promise<Channel> {
  const channel = client.subscribe(name);
  await next(channel, "pusher:subscription_succeeded");
  return channel;
}
