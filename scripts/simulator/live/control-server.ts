import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { Broadcast } from "@/scripts/simulator/live/broadcast";
import type { Airing, Refusal } from "@/scripts/simulator/live/live-call";
import { readOrder } from "@/scripts/simulator/live/orders";

/** A listening and control endpoint for one call. */
interface MonitorLine {
  /** The URLs, as events carry them. */
  monitor: { listenUrl: string; controlUrl: string };
  /** Makes the call available for listening and control. */
  air: (airing: Airing) => void;
  /** Ends the line: disconnects listeners and answers orders with 404. */
  close: () => void;
}

export interface ControlServer {
  /** Host and port, in the format of OUTGOING_ALLOWED_HOSTS. */
  host: string;
  openLine: () => MonitorLine;
  close: () => Promise<void>;
}

interface Options {
  /** 0 for any free port. */
  port: number;
  /** If set, orders and listeners need it as a Bearer token, as with Vapi's authenticated monitor plans. */
  publicKey?: string | undefined;
}

/** The port where an Earshot on the same machine expects `npm run simulate`. */
export const usualControlPort = 6_010;

type Lines = Map<string, { airing: Airing; broadcast: Broadcast }>;

const mostBytes = 64 * 1024;

/**
 * Provides Vapi's live control and listening for simulated calls on loopback, at an unguessable path per call.
 *
 * @throws when the port is taken
 */
export async function startControlServer({ port, publicKey }: Options): Promise<ControlServer> {
  const lines: Lines = new Map();
  const isAllowed = ({ headers }: IncomingMessage) =>
    !publicKey || headers.authorization === `Bearer ${publicKey}`;
  const http = createServer((request, response) => {
    serve(lines, isAllowed(request), request, response).catch(() => response.destroy());
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1_024 });
  http.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    const line = findLine(lines, request, "listen");
    if (!line || !isAllowed(request)) return refuseUpgrade(socket, line ? 401 : 404);
    sockets.handleUpgrade(request, socket, head, (listener) => line.broadcast.add(listener));
  });
  http.listen(port, "127.0.0.1");
  await once(http, "listening");
  const host = `127.0.0.1:${(http.address() as AddressInfo).port}`; // a listening TCP server has an AddressInfo
  return {
    host,
    openLine: () => openLine(lines, host),
    close: async () => {
      for (const { broadcast } of lines.values()) broadcast.close();
      lines.clear();
      for (const listener of sockets.clients) listener.terminate();
      const closed = once(http, "close");
      http.close();
      http.closeAllConnections();
      await closed;
    },
  };
}

function openLine(lines: Lines, host: string): MonitorLine {
  const path = randomBytes(24).toString("base64url");
  return {
    monitor: { listenUrl: `ws://${host}/${path}/listen`, controlUrl: `http://${host}/${path}/control` },
    air: (airing) => lines.set(path, { airing, broadcast: new Broadcast(airing) }),
    close: () => {
      lines.get(path)?.broadcast.close();
      lines.delete(path);
    },
  };
}

function findLine(lines: Lines, { url = "" }: IncomingMessage, kind: "listen" | "control") {
  const [, path = "", found] = url.split("/");
  const line = found === kind ? lines.get(path) : undefined;
  return line && line.airing.nowMs() < line.airing.live.overMs ? line : null;
}

function refuseUpgrade(socket: Duplex, status: 401 | 404): void {
  const reason = status === 401 ? "Unauthorized" : "Not Found";
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

async function serve(
  lines: Lines,
  isAllowed: boolean,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  const answer = (status: number, content: Record<string, unknown>) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(content));
  const line = findLine(lines, request, "control");
  if (!line) return void answer(404, { message: "There is no such call, or it is over." });
  if (!isAllowed) return void answer(401, { message: "Send the public key as a Bearer token." });
  if (request.method !== "POST") return void answer(405, { message: "Only POST." });
  if (body === null) return void answer(413, { message: `At most ${mostBytes} bytes.` });
  const refusal = obey(line.airing, body);
  if (refusal) answer(refusal.status, { message: refusal.message });
  else answer(200, {});
}

function obey({ live, nowMs }: Airing, body: string): Refusal | null {
  const order = readOrder(body);
  return typeof order === "string" ? { status: 400, message: order } : live.obey(order, nowMs());
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= mostBytes) chunks.push(chunk);
  }
  return size > mostBytes ? null : Buffer.concat(chunks).toString();
}
