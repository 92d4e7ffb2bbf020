import type { Connection } from "./connection";
import { describeChannel } from "./describe-channel";
import type { Event } from "./event-schema";
import type { Channels } from "./own-channels";
import { readInfo } from "./read-info";

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
