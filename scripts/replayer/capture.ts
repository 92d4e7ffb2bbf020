/** A recorded body, as it will be posted. */
export interface RecordedBody {
  /** Path, for people to find it again. */
  file: string;
  bytes: Uint8Array;
  /** From `message.call`; null for messages that belong to no call. */
  callId: string | null;
  /** When it happened: Vapi's timestamp, else the index's, in milliseconds from an arbitrary origin; null if neither exists. */
  atMs: number | null;
  /** Not JSON, or without `message.type`: Earshot is right to reject it. */
  isMalformed: boolean;
}

/** A folder's bodies in order. */
export interface Capture {
  name: string;
  bodies: RecordedBody[];
  /** True for one call or conversation, false for a collection of single bodies. */
  isSequence: boolean;
}
