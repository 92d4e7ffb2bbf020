import type { Message } from "@/scripts/simulator/message";

/** One delivery of a call. */
export interface CallEvent {
  /** When it is posted, in milliseconds after the call's creation, in the time of the call's own speed. */
  offsetMs: number;
  message: Message;
  /** Ids of the tool calls whose results the answer brings. */
  asks?: readonly string[];
}
