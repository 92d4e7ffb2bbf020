import type { Push, Watcher } from "@/lib/realtime/push";

/** What the connection badge says. Anything but `connected` means pages poll. */
export type ConnectionState =
  | { status: "connecting" }
  | { status: "connected" }
  /** `since`: epoch ms. */
  | { status: "reconnecting"; since: number }
  | { status: "polling" };

/** Somebody who follows a channel. */
export interface ChannelListener {
  push: (push: Push) => void;
  /** The channel was joined, or joined again, or something unreadable came: whatever is known may be old. */
  refetch: () => void;
}

/** The one way to realtime a page has. */
export interface Connection {
  getState: () => ConnectionState;
  /** Opens the connection while anybody listens. Returns the way to stop. */
  subscribe: (listener: () => void) => () => void;
  /** Follows a channel. Returns the way to leave. */
  join: (channel: string, listener: ChannelListener) => () => void;
  /** Who is on a presence channel besides oneself; nobody while it is not joined. The same array until somebody comes or goes. */
  getOthers: (channel: string) => readonly Watcher[];
  /** A query that a channel keeps current has been answered, however it came to be asked. */
  recordAnswer: () => void;
  /** Epoch ms of the last push of any channel or the last such answer, whichever is later; null before the first. */
  getLastUpdateAt: () => number | null;
}
