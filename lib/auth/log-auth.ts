import "server-only";
import { describeError, log } from "@/lib/log";

type Level = "info" | "warn" | "error" | "debug" | "success";

/** better-auth's errors as our log lines. Wrong passwords and the like are no errors: they are in the audit log. */
export function logAuth(level: Level, message: unknown, ...details: unknown[]): void {
  if (level !== "error") return;
  const cause = details.find((detail) => detail instanceof Error) ?? message;
  // What stands behind a colon is often the request's own: an origin, an address.
  const what = typeof message === "string" ? message.split(":")[0]?.slice(0, 200) : undefined;
  log("error", "better-auth failed", {
    message: what,
    ...(cause instanceof Error ? describeError(cause) : {}),
  });
}
