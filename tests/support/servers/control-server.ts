import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";
import { type WebSocket, WebSocketServer } from "ws";

export interface Order {
  callId: string;
  headers: IncomingHttpHeaders;
  message: Record<string, unknown>;
}

/** How orders are answered: an HTTP status, no response, or a cut connection. */
type ReplyMode = number | "silent" | "drop";

const stereo = { type: "start", encoding: "linear16", container: "raw", sampleRate: 16_000, channels: 2 };

/**
 * Serves Vapi's side of live calls, behind each call's control and listen URLs: keeps orders in order of arrival, and
 * sends listeners what a test provides. The secret in every URL is `secret-monitor`.
 * @param port 0 for any
 */
export async function startControlServer(port = 0) {
  const orders: Order[] = [];
  const listeners: WebSocket[] = [];
  const state = {
    replyMode: 200 as ReplyMode,
    /** The first frame; null for none. */
    start: stereo as object | string | Uint8Array | null,
    /** The status of the handshake. */
    handshake: 101,
    /** The Authorization header of the last handshake. */
    authorization: undefined as string | undefined,
    whenOrdered: (_order: Order) => {},
  };
  const server = createServer(async (request, response) => {
    const callId = /^\/secret-monitor\/(.+)\/control$/.exec(request.url ?? "")?.[1] ?? "";
    const order = { callId, headers: request.headers, message: JSON.parse(await text(request)) };
    orders.push(order);
    state.whenOrdered(order);
    if (state.replyMode === "drop") request.socket.destroy();
    else if (state.replyMode !== "silent") response.writeHead(state.replyMode).end("{}");
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    state.authorization = request.headers.authorization;
    if (state.handshake !== 101) {
      socket.end(`HTTP/1.1 ${state.handshake} No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (listener) => {
      listener.on("error", () => {});
      listeners.push(listener);
      const { start } = state;
      if (start === null) return;
      listener.send(typeof start === "string" || start instanceof Uint8Array ? start : JSON.stringify(start));
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("A server without a port.");
  const host = `127.0.0.1:${address.port}`;
  return {
    host,
    orders,
    listeners,
    state,
    ordersOf: (callId: string) =>
      orders.filter((order) => order.callId === callId).map(({ message }) => message),
    /** The value of `call.monitor` in an event. */
    monitorOf: (callId: string) => ({
      controlUrl: `http://${host}/secret-monitor/${callId}/control`,
      listenUrl: `ws://${host}/secret-monitor/${callId}/listen`,
    }),
    reset: () => {
      Object.assign(state, { replyMode: 200, start: stereo, handshake: 101, whenOrdered: () => {} });
    },
    stop: () => {
      for (const listener of listeners) listener.terminate();
      server.closeAllConnections();
      server.close();
    },
  };
}
