import type { Push, Watcher } from "@/lib/realtime/push";

/** State shown by the connection badge. Pages poll in any state but `connected`. */
export type ConnectionState =
  | { status: "connecting" }
  | { status: "connected" }
  /** `since`: epoch ms. */
  | { status: "reconnecting"; since: number }
  | { status: "polling" };

/** Subscriber to a channel. */
export interface ChannelListener {
  push: (push: Push) => void;
  /** Called after joining or rejoining, and after an unreadable event: the data shown may be outdated. */
  refetch: () => void;
}

/** A page's only access to realtime. */
export interface Connection {
  getState: () => ConnectionState;
  /** Opens the connection while there are subscribers. Returns the function that unsubscribes. */
  subscribe: (listener: () => void) => () => void;
  /** Replaces a socket that may be dead without having closed. Every channel is joined again and its data refetched. */
  reconnect: () => void;
  /** Subscribes to a channel. Returns the function that leaves it. */
  join: (channel: string, listener: ChannelListener) => () => void;
  /** Other people on a presence channel; empty while it is not joined. The same array until someone joins or leaves. */
  getOthers: (channel: string) => readonly Watcher[];
  /** Notes that a query kept current by a channel was answered, whatever caused the request. */
  recordAnswer: (queryHash: string) => void;
  /** Whether a query may lack pushes: the socket was lost, and the query has not been answered since. */
  isBehind: (queryHash: string) => boolean;
  /**
   * Epoch ms of the last push on any channel or of the last such answer, whichever is later; null before the first. For a query
   * that is behind: of the last before the socket was lost.
   */
  getLastUpdateAt: (queryHash?: string) => number | null;
  /** Epoch ms of the last push on any channel; null before the first. */
  getLastPushAt: () => number | null;
}
