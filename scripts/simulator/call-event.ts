/** One event of a call, as delivered. */
export interface CallEvent {
  /** When it is posted, in milliseconds after the call's creation, scaled by the call's speed. */
  offsetMs: number;
  /** The same in the call's own time, before delivery delays. */
  atMs: number;
  /** Number of beats finished before it, which is the index of its beat. */
  beat: number;
  message: Message;
  /** Ids of the tool calls whose results the response returns. */
  asks?: readonly string[];
}

/** The value of `message` in a body: JSON, with Vapi's timestamp and type. */
export interface Message {
  /** Epoch milliseconds. */
  timestamp: number;
  type: string;
  [key: string]: unknown;
}
