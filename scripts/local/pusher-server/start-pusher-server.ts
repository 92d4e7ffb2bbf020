import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import { acceptSocket } from "./accept-socket";
import { answerRequest } from "./answer-request";
import type { AppCredentials } from "./app-credentials";
import { createChannels } from "./channels";
import { createWebhookSender } from "./create-webhook-sender";
import { keepAlive } from "./keep-alive";
import { limits } from "./limits";
import { serveHttp } from "./serve-http";
import { createUsers } from "./users";

export type PusherServer = { port: number; close: () => Promise<void> };

type Options = {
  app: AppCredentials;
  /** 0, or nothing, for any free one. */
  port?: number;
  /** Where to tell of channels and members that come and go; nowhere if left out. */
  webhookUrl?: string;
};

/**
 * A server on 127.0.0.1 that speaks the Pusher Channels protocol (version 7) and its HTTP API to the official
 * clients, for one app, in this process's memory. For a laptop and for tests: production uses Pusher Channels or
 * any server of that protocol.
 *
 * @throws when the port is taken
 */
export async function startPusherServer({ app, port = 0, webhookUrl }: Options): Promise<PusherServer> {
  const webhooks = webhookUrl === undefined ? null : createWebhookSender(app, webhookUrl);
  const channels = createChannels((event) => webhooks?.tell(event));
  const users = createUsers();
  const http = serveHttp((...request) => answerRequest({ app, channels, users }, ...request));
  const sockets = new WebSocketServer({ server: http, maxPayload: 10 * limits.eventBytes });
  sockets.on("connection", (socket, request) => acceptSocket({ app, channels, users }, socket, request));
  const stopPinging = keepAlive(sockets);

  http.listen(port, "127.0.0.1");
  await once(http, "listening");

  const close = async () => {
    stopPinging();
    webhooks?.close();
    const closed = once(http, "close");
    http.close();
    http.closeAllConnections();
    // 4100: come back after a second. At once (4200) would find nobody, and then wait for long.
    for (const socket of sockets.clients) socket.close(4100, "The server is stopping");
    // A frozen tab never says goodbye.
    const impatience = setTimeout(() => {
      for (const socket of sockets.clients) socket.terminate();
    }, 300);
    await closed;
    clearTimeout(impatience);
  };
  return { port: (http.address() as AddressInfo).port, close }; // a TCP server that listens has an AddressInfo
}
