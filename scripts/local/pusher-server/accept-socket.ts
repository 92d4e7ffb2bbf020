import type { IncomingMessage } from "node:http";
import type { WebSocket } from "ws";
import type { AppCredentials } from "./app-credentials";
import type { Channels } from "./channels";
import { createConnection } from "./connection";
import { receiveMessage } from "./receive-message";
import type { Users } from "./users";

type Server = { app: AppCredentials; channels: Channels; users: Users };

/** How long a client may hear nothing before it asks whether we are there. */
const activityTimeoutSeconds = 120;

/** Welcomes a client on `/app/{key}?protocol=7`, or closes with the code that Pusher documents for what is wrong. */
export function acceptSocket(server: Server, socket: WebSocket, request: IncomingMessage) {
  // Broken or oversized frames: ws closes the connection with the fitting code by itself.
  socket.on("error", () => {});
  const refusal = findRefusal(server.app, request.url ?? "/");
  if (refusal) return socket.close(...refusal);

  const connection = createConnection(socket);
  socket.on("message", (data, isBinary) => {
    if (!isBinary) receiveMessage(server, connection, data.toString());
  });
  socket.on("close", () => {
    server.channels.leaveAll(connection);
    server.users.forget(connection);
  });
  const established = { socket_id: connection.socketId, activity_timeout: activityTimeoutSeconds };
  connection.send({ event: "pusher:connection_established", data: JSON.stringify(established) });
}

function findRefusal({ key }: AppCredentials, path: string): [code: number, reason: string] | null {
  const url = new URL(path, "ws://localhost");
  const givenKey = /^\/app\/([^/]+)$/.exec(url.pathname)?.[1];
  const protocol = url.searchParams.get("protocol");
  if (!givenKey) return [4005, "Path not found"];
  if (givenKey !== key) return [4001, "Application does not exist"];
  if (protocol === null) return [4008, "No protocol version supplied"];
  return ["5", "6", "7"].includes(protocol) ? null : [4007, "Unsupported protocol version"];
}
