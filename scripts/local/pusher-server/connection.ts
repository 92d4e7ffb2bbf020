import { randomInt } from "node:crypto";
import type { WebSocket } from "ws";

/** One event on the wire. `data` is JSON inside JSON, as the protocol wants it. */
export type WireEvent = { event: string; channel?: string; data?: string | object; user_id?: string };

export type Connection = {
  /** Two numbers and a dot: the official clients check the shape. */
  socketId: string;
  send: (event: WireEvent) => void;
  /** For one text to many: encoded once. */
  sendText: (text: string) => void;
  close: (code: number, reason: string) => void;
};

export function createConnection(socket: WebSocket): Connection {
  const sendText = (text: string) => {
    if (socket.readyState === socket.OPEN) socket.send(text);
  };
  const socketId = `${randomInt(1e9)}.${randomInt(1e9)}`;
  return {
    socketId,
    sendText,
    send: (event) => sendText(JSON.stringify(event)),
    close: (code, reason) => socket.close(code, reason),
  };
}
