import { randomInt } from "node:crypto";
import type { WebSocket } from "ws";

/** An event on the wire. `data` is JSON inside JSON, as the protocol requires. */
type WireEvent = { event: string; channel?: string; data?: string | object; user_id?: string };

export type Connection = {
  /** Two numbers separated by a dot: the official clients check the format. */
  socketId: string;
  send: (event: WireEvent) => void;
  /** Sends an already encoded text, so that a broadcast encodes it once. */
  sendText: (text: string) => void;
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
  };
}
