import type { BodyFailure } from "@/lib/http/read-body";

/** Why a delivery was not let in. What each means to a person: lib/credentials/explain-refusal.ts. */
export type RefusalReason =
  | "none-configured"
  | "nothing-sent"
  | "wrong-secret"
  | "misplaced-secret"
  | "retired-credential"
  | "wrong-signature"
  | "odd-signature"
  | "other-payload"
  | "no-timestamp"
  | "old-timestamp"
  | "unreadable-key"
  | "wrong-token"
  | "expired-token"
  | "wrong-client"
  | "wrong-address"
  | BodyFailure;

const bodyFailures: readonly string[] = ["too-large", "too-slow", "incomplete"] satisfies BodyFailure[];

/** Whether a delivery was refused because its body, which a signature is made over, could not be read. */
export function isBodyFailure(reason: RefusalReason): reason is BodyFailure {
  return bodyFailures.includes(reason);
}

/** What may be known of a refused delivery: no value of any header, nothing of its body. */
export interface Refusal {
  reason: RefusalReason;
  /** The header that was judged, in lower case. */
  header?: string | undefined;
  /** The credential it came nearest to. */
  credentialId?: string | undefined;
  /** What would have fitted: a payload format, a way to read the key. */
  found?: string | undefined;
}
