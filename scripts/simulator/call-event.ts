/** One delivery of a call. */
export interface CallEvent {
  /** When it is posted, in milliseconds after the call's creation, in the time of the call's own speed. */
  offsetMs: number;
  /** The same in the call's own time, before the way to the server delays it. */
  atMs: number;
  /** How many lines of the script were done before: which beat it belongs to. */
  beat: number;
  message: Message;
  /** Ids of the tool calls whose results the answer brings. */
  asks?: readonly string[];
}

/** What stands under `message` in a body: JSON, with Vapi's stamp and type. */
export interface Message {
  /** Epoch milliseconds. */
  timestamp: number;
  type: string;
  [key: string]: unknown;
}
