import type { Refusal } from "@/lib/credentials/refusal";
import type { Credential } from "@/lib/webhook/credentials/known";

/** Whether a delivery is let in: by which credential, or why not; or nobody can tell, for who may come in is not known. */
export type Verdict =
  | { outcome: "admitted"; credential: Credential }
  | { outcome: "undecided" }
  | { outcome: "refused"; refusal: Refusal };

/** What one way of proving oneself makes of a delivery: it fits, it does not and why, or it was not tried (null). */
export type Match = { credential: Credential } | { refusal: Refusal } | null;

/** A verdict, a match: the negative one. */
export function refused(refusal: Refusal): { outcome: "refused"; refusal: Refusal } {
  return { outcome: "refused", refusal };
}
