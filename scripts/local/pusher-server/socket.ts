import type { IncomingMessage } from "node:http";
import type { WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import { type AppCredentials, channelKind, isSameText, sign } from "./auth";
import type { Channels, Member } from "./channels";
import { type Connection, createConnection } from "./connection";
import { limits } from "./limits";

const subscriptionSchema = z.object({
  channel: z.string(),
  auth: z.string().default(""),
  channel_data: z.string().optional(),
});

const memberSchema = z.object({
  user_id: z.union([z.string().min(1), z.number()]).transform(String),
  user_info: z.unknown().optional(),
});

type Answer = { allowed: true; member: Member | null } | { allowed: false; code: number; message: string };

const refuse = (message: string, code = 4009): Answer => ({ allowed: false, code, message });

/**
 * Authorizes a subscription. Private and presence channels need `key:signature`, where the app's server signed
 * `socket_id:channel[:channel_data]` ("Authentication signatures" in Pusher's documentation).
 */
function authorizeSubscription(
  { key, secret }: AppCredentials,
  socketId: string,
  { channel, auth, channel_data }: z.infer<typeof subscriptionSchema>,
): Answer {
  const kind = channelKind(channel);
  if (!kind) return refuse("Invalid channel name", 4300);
  if (kind === "public") return { allowed: true, member: null };

  const signed = [socketId, channel, ...(channel_data === undefined ? [] : [channel_data])].join(":");
  if (!isSameText(auth, `${key}:${sign(secret, signed)}`)) {
    return refuse(`Invalid signature: the auth value for ${channel} was not made with this app's secret`);
  }
  if (kind === "private") return { allowed: true, member: null };

  const member = memberSchema.safeParse(parseJson(channel_data ?? ""));
  if (!member.success) return refuse(`A presence channel needs channel_data with a user_id`);
  return { allowed: true, member: member.data };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the schema rejects it
  }
}

const messageSchema = z.object({
  event: z.string(),
  channel: z.string().optional(),
  data: z.unknown().optional(),
});
type Message = z.infer<typeof messageSchema>;

type Server = { app: AppCredentials; channels: Channels };

/** Handles a text frame from a client. Unreadable frames are answered with `pusher:error`, never a close. */
function receiveMessage(server: Server, connection: Connection, text: string) {
  const message = readMessage(text);
  if (!message) return sendError(connection, "Invalid message: expected JSON with an event");
  if (message.event === "pusher:ping") return connection.send({ event: "pusher:pong", data: {} });
  if (message.event === "pusher:subscribe") return subscribe(server, connection, message.data);
  if (message.event === "pusher:unsubscribe") return unsubscribe(server, connection, message.data);
  if (message.event.startsWith("client-")) return relay(server, connection, message);
}

function readMessage(text: string): Message | null {
  try {
    return messageSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** 4300-4399 is "any other type of error" in Pusher's list: the connection stays open. */
function sendError(connection: Connection, message: string, code = 4300) {
  connection.send({ event: "pusher:error", data: { code, message } });
}

function subscribe({ app, channels }: Server, connection: Connection, data: unknown) {
  const request = subscriptionSchema.safeParse(data);
  if (!request.success) return sendError(connection, "Invalid subscription: expected a channel");
  const { channel } = request.data;
  if (channels.find(channel)?.has(connection)) {
    return sendError(connection, `Existing subscription to channel ${channel}`);
  }
  const answer = authorizeSubscription(app, connection.socketId, request.data);
  if (!answer.allowed) return sendError(connection, answer.message, answer.code);

  channels.join(channel, connection, answer.member);
  const succeeded = answer.member ? { presence: describePresence(channels, channel) } : {};
  connection.send({
    event: "pusher_internal:subscription_succeeded",
    channel,
    data: JSON.stringify(succeeded),
  });
}

function describePresence(channels: Channels, channel: string) {
  const members = channels.listMembers(channel);
  const hash = Object.fromEntries([...members].map(([id, { user_info }]) => [id, user_info ?? null]));
  return { ids: [...members.keys()], hash, count: members.size };
}

function unsubscribe({ channels }: Server, connection: Connection, data: unknown) {
  const request = z.object({ channel: z.string() }).safeParse(data);
  if (request.success) channels.leave(request.data.channel, connection);
}

/** Relays a client event to the channel's other subscribers. Only private and presence channels allow them. */
function relay({ channels }: Server, connection: Connection, { event, channel = "", data }: Message) {
  const subscribed = channels.find(channel);
  const member = subscribed?.get(connection);
  if (channelKind(channel) === "public" || member === undefined) {
    return sendError(connection, "Client events need a subscription to a private or presence channel");
  }
  const text = typeof data === "string" ? data : JSON.stringify(data ?? {});
  if (Buffer.byteLength(text) > limits.eventBytes) {
    return sendError(connection, `Client event rejected: more than ${limits.eventBytes} bytes`, 4301);
  }
  channels.broadcast(channel, event, text, { except: connection.socketId, userId: member?.user_id });
}

/** Idle time after which a client pings the server. */
const activityTimeoutSeconds = 120;

/** Accepts a client on `/app/{key}?protocol=7`, or closes with the code that Pusher documents for the error. */
export function acceptSocket(server: Server, socket: WebSocket, request: IncomingMessage) {
  // For broken or oversized frames, ws itself closes the connection with the right code.
  socket.on("error", () => {});
  const refusal = findRefusal(server.app, request.url ?? "/");
  if (refusal) return socket.close(...refusal);

  const connection = createConnection(socket);
  socket.on("message", (data, isBinary) => {
    if (!isBinary) receiveMessage(server, connection, data.toString());
  });
  socket.on("close", () => server.channels.leaveAll(connection));
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

const everyMs = 30_000;

/** Pings every client and drops those that missed the previous ping. Returns a function that stops it. */
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
