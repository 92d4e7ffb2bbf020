import "server-only";
import { isAPIError } from "better-auth/api";
import { describeError, log } from "@/lib/log";

/** What better-auth could not answer, as our log line. Refusals are answers. */
export function logAuthError(error: unknown): void {
  if (!isAPIError(error)) log("error", "better-auth failed", describeError(error));
}
