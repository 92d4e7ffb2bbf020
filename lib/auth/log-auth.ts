import "server-only";
import { log } from "@/lib/log";

/** better-auth's errors as our log lines. Wrong passwords and the like are no errors: they are in the audit log. */
export function logAuth(level: "info" | "warn" | "error" | "debug" | "success", message: string): void {
  if (level === "error") log("error", "better-auth failed", { message });
}
