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
  /** Channel attributes to include in the response. */
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

/** Parses the `info` parameter: comma-separated attributes. */
export function readInfo(info: string | null | undefined): string[] {
  return (info ?? "").split(",").filter(Boolean);
}

/** A member of a presence channel; `user_info` is whatever the app's server signed. */
export type Member = { user_id: string; user_info?: unknown };

/** Subscribed connections and, on a presence channel, the member behind each. */
type Channel = ReadonlyMap<Connection, Member | null>;

/** The connection to skip when broadcasting, and the sender's user id on a presence channel. */
type Sender = { except?: string | undefined; userId?: string | undefined };

export type Channels = ReturnType<typeof createChannels>;

/**
 * Tracks subscriptions. A channel exists while it has subscribers. A person with several connections is one member,
 * added with the first and removed with the last.
 *
 * @param emit receives the events that Pusher would send to a webhook
 */
export function createChannels(emit: (event: WebhookEvent) => void) {
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
    if (channel.size === 0) emit({ name: "channel_occupied", channel: name });
    channels.set(name, channel.set(connection, member));
    if (!isNewMember) return;
    emit({ name: "member_added", channel: name, user_id: member.user_id });
    broadcast(name, "pusher_internal:member_added", JSON.stringify(member), { except: connection.socketId });
  };

  const leave = (name: string, connection: Connection) => {
    const channel = channels.get(name);
    const member = channel?.get(connection);
    if (!channel?.delete(connection)) return;
    if (member && !listMembers(channel).has(member.user_id)) {
      const { user_id } = member;
      emit({ name: "member_removed", channel: name, user_id });
      broadcast(name, "pusher_internal:member_removed", JSON.stringify({ user_id }));
    }
    if (channel.size > 0) return;
    channels.delete(name);
    emit({ name: "channel_vacated", channel: name });
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

/** Members by user id; the newest connection's data wins. */
function listMembers(channel: Channel): Map<string, Member> {
  const members = [...channel.values()].filter((member) => member !== null);
  return new Map(members.map((member) => [member.user_id, member]));
}

/** Returns the requested attributes, or a sentence that says why one is not available. */
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

/** Sends an event to all subscribers of its channel except the sender. Returns the attributes its `info` asked for. */
export function sendEvent(channels: Channels, { channel, name, data, socket_id, info }: Event): object {
  channels.broadcast(channel, name, data, { except: socket_id });
  const attributes = describeChannel(channels, channel, readInfo(info));
  return typeof attributes === "string" ? {} : attributes;
}
