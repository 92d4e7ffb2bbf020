import "server-only";
import { describeError, log } from "@/lib/log";

type Level = "info" | "warn" | "error" | "debug" | "success";

/** better-auth's errors as our log lines. Wrong passwords and the like are no errors: they are in the audit log. */
export function logAuth(level: Level, message: string, ...details: unknown[]): void {
  const [cause] = details;
  if (level === "error")
    log("error", "better-auth failed", { message, ...(cause ? describeError(cause) : {}) });
}
