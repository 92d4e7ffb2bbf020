import { z } from "zod";
import type { AppCredentials } from "./app-credentials";
import { authorizeSubscription, subscriptionSchema } from "./authorize-subscription";
import { channelKind } from "./channel-kind";
import type { Channels } from "./channels";
import type { Connection } from "./connection";
import { limits } from "./limits";
import { signInUser } from "./sign-in-user";
import type { Users } from "./users";

const messageSchema = z.object({
  event: z.string(),
  channel: z.string().optional(),
  data: z.unknown().optional(),
});
type Message = z.infer<typeof messageSchema>;

type Server = { app: AppCredentials; channels: Channels; users: Users };

/** Handles one text frame of a client. What cannot be understood is answered with `pusher:error`, never a close. */
export function receiveMessage(server: Server, connection: Connection, text: string) {
  const message = readMessage(text);
  if (!message) return sendError(connection, "Invalid message: expected JSON with an event");
  if (message.event === "pusher:ping") return connection.send({ event: "pusher:pong", data: {} });
  if (message.event === "pusher:signin") return signIn(server, connection, message.data);
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

/** 4300-4399 is "any other type of error" in Pusher's list: the connection goes on. */
function sendError(connection: Connection, message: string, code = 4300) {
  connection.send({ event: "pusher:error", data: { code, message } });
}

function signIn({ app, users }: Server, connection: Connection, data: unknown) {
  const user = signInUser(app, connection.socketId, data);
  if (!user) return connection.close(4009, "Invalid signature of the user");
  users.signIn(connection, user.id);
  connection.send({ event: "pusher:signin_success", data: JSON.stringify({ user_data: user.userData }) });
}

function subscribe({ app, channels, users }: Server, connection: Connection, data: unknown) {
  const request = subscriptionSchema.safeParse(data);
  if (!request.success) return sendError(connection, "Invalid subscription: expected a channel");
  const { channel } = request.data;
  if (channels.find(channel)?.has(connection)) {
    return sendError(connection, `Existing subscription to channel ${channel}`);
  }
  const isOwn = channel === `#server-to-user-${users.idOf(connection)}`;
  const answer = isOwn
    ? ({ allowed: true, member: null } as const)
    : authorizeSubscription(app, connection.socketId, request.data);
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

/** Client events go from browser to browser, on channels whose subscribers the app vouched for. */
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
