import type { Alert } from "@/lib/alerts/alert";

/** Is a caller being left alone right now, and nobody has said that it is dealt with? */
export function isOngoing({ outcome, acts }: Pick<Alert, "outcome" | "acts">): boolean {
  return outcome === "open" && acts.resolved === null;
}
