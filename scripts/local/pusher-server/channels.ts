import { z } from "zod";
import { channelKind } from "./auth";
import type { Connection } from "./connection";
import { limits } from "./limits";
import type { WebhookEvent } from "./webhooks";

const channelName = z.string().refine((name) => channelKind(name) !== null, "Invalid channel name");

const event = z.object({
  name: z.string().min(1).max(limits.nameLength),
  data: z.string(),
  socket_id: z.string().optional(),
  /** Attributes of the channel that the answer should tell. */
  info: z.string().optional(),
});

/** An event to one channel. */
export const eventSchema = event.extend({ channel: channelName });

/** An event to one channel, or to up to a hundred. */
export const spreadEventSchema = z.union([
  event.extend({ channels: z.array(channelName).min(1).max(limits.channelsPerEvent) }),
  eventSchema.transform(({ channel, ...rest }) => ({ ...rest, channels: [channel] })),
]);

type Event = z.infer<typeof eventSchema>;

/** The `info` parameter: attributes, separated by commas. */
export function readInfo(info: string | null | undefined): string[] {
  return (info ?? "").split(",").filter(Boolean);
}

/** Who somebody is on a presence channel; `user_info` is whatever the app's server vouched for. */
export type Member = { user_id: string; user_info?: unknown };

/** Subscribed connections and, on a presence channel, who each of them is. */
type Channel = ReadonlyMap<Connection, Member | null>;

/** Whose connection an event must not come back to, and who it is on a presence channel. */
type Sender = { except?: string | undefined; userId?: string | undefined };

export type Channels = ReturnType<typeof createChannels>;

/**
 * Who is subscribed to what. A channel exists while somebody is on it. A person with several connections is one
 * member: added with the first, removed with the last.
 *
 * @param tell hears what Pusher would send a webhook for
 */
export function createChannels(tell: (event: WebhookEvent) => void) {
  const channels = new Map<string, Map<Connection, Member | null>>();

  const broadcast = (name: string, event: string, data: string, sender: Sender = {}) => {
    const text = JSON.stringify({ event, channel: name, data, user_id: sender.userId });
    for (const connection of channels.get(name)?.keys() ?? []) {
      if (connection.socketId !== sender.except) connection.sendText(text);
    }
  };

  const join = (name: string, connection: Connection, member: Member | null) => {
    const channel = channels.get(name) ?? new Map<Connection, Member | null>();
    const isNewMember = member !== null && !listMembers(channel).has(member.user_id);
    if (channel.size === 0) tell({ name: "channel_occupied", channel: name });
    channels.set(name, channel.set(connection, member));
    if (!isNewMember) return;
    tell({ name: "member_added", channel: name, user_id: member.user_id });
    broadcast(name, "pusher_internal:member_added", JSON.stringify(member), { except: connection.socketId });
  };

  const leave = (name: string, connection: Connection) => {
    const channel = channels.get(name);
    const member = channel?.get(connection);
    if (!channel?.delete(connection)) return;
    if (member && !listMembers(channel).has(member.user_id)) {
      const { user_id } = member;
      tell({ name: "member_removed", channel: name, user_id });
      broadcast(name, "pusher_internal:member_removed", JSON.stringify({ user_id }));
    }
    if (channel.size > 0) return;
    channels.delete(name);
    tell({ name: "channel_vacated", channel: name });
  };

  return {
    broadcast,
    join,
    leave,
    leaveAll: (connection: Connection) => {
      for (const name of [...channels.keys()]) leave(name, connection);
    },
    find: (name: string): Channel | undefined => channels.get(name),
    names: () => [...channels.keys()],
    listMembers: (name: string) => listMembers(channels.get(name) ?? new Map()),
  };
}

/** By user id: the newest connection's word counts. */
function listMembers(channel: Channel): Map<string, Member> {
  const members = [...channel.values()].filter((member) => member !== null);
  return new Map(members.map((member) => [member.user_id, member]));
}

/** The attributes somebody asked for, or the sentence that says why not. */
export function describeChannel(channels: Channels, name: string, info: string[]): object | string {
  const attributes: Record<string, number> = {};
  for (const attribute of info) {
    if (attribute === "subscription_count") attributes[attribute] = channels.find(name)?.size ?? 0;
    else if (attribute !== "user_count") return `Unknown attribute ${attribute}`;
    else if (channelKind(name) !== "presence") return "user_count is for presence channels only";
    else attributes[attribute] = channels.listMembers(name).size;
  }
  return attributes;
}

/** Sends an event to everybody on its channel but the one it came from. Returns what its `info` asked for. */
export function sendEvent(channels: Channels, { channel, name, data, socket_id, info }: Event): object {
  channels.broadcast(channel, name, data, { except: socket_id });
  const attributes = describeChannel(channels, channel, readInfo(info));
  return typeof attributes === "string" ? {} : attributes;
}

export type Users = ReturnType<typeof createUsers>;

/** Whose connection is whose, for those that have signed in. */
export function createUsers() {
  const ids = new Map<Connection, string>();
  return {
    signIn: (connection: Connection, id: string) => ids.set(connection, id),
    forget: (connection: Connection) => ids.delete(connection),
    idOf: (connection: Connection) => ids.get(connection),
    /** Closes all connections of one user, with the code that tells pusher-js not to come back by itself. */
    terminate: (id: string) => {
      for (const [connection, owner] of ids) {
        if (owner === id) connection.close(4009, "You got disconnected by the app");
      }
    },
  };
}
