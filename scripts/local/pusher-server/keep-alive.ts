import type { WebSocket, WebSocketServer } from "ws";

const everyMs = 30_000;

/** Pings every client, and drops those that did not answer the ping before. Returns how to stop. */
export function keepAlive(sockets: WebSocketServer) {
  const silent = new WeakSet<WebSocket>();
  sockets.on("connection", (socket) => socket.on("pong", () => silent.delete(socket)));
  const timer = setInterval(() => {
    for (const socket of sockets.clients) {
      if (silent.has(socket)) socket.terminate();
      silent.add(socket);
      socket.ping();
    }
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
