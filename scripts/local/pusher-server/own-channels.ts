import type { Connection } from "./connection";
import type { WebhookEvent } from "./webhooks";

/** Who somebody is on a presence channel; `user_info` is whatever the app's server vouched for. */
export type Member = { user_id: string; user_info?: unknown };

/** Subscribed connections and, on a presence channel, who each of them is. */
export type Channel = ReadonlyMap<Connection, Member | null>;

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
