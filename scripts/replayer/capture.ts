/** One recorded body, as it will be posted. */
export interface RecordedBody {
  /** For people to find it again. */
  file: string;
  bytes: Uint8Array;
  /** By `message.call`; null for messages about no call. */
  callId: string | null;
  /** When it happened: Vapi's stamp, else the index's, in milliseconds from anywhere; null if neither knows. */
  atMs: number | null;
  /** No JSON, or no `message.type`: Earshot is right to refuse it. */
  isMalformed: boolean;
}

/** A folder's bodies in their order. */
export interface Capture {
  name: string;
  bodies: RecordedBody[];
  /** True for one call or conversation, false for a box of single bodies. */
  isSequence: boolean;
}
