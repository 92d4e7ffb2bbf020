import "server-only";
import { refuseOddRequests } from "@/lib/http/server/odd-requests";

/**
 * Runs once when a server starts. Exits if settings are missing or invalid, since every request would fail for the same
 * reason.
 *
 * On Vercel every function runs this before its first response and loads its own copy of each import, so it imports
 * almost nothing: settings are checked on first read, and a cron calls the tick (vercel.json).
 */
export async function startServer(): Promise<void> {
  refuseOddRequests();
  // In development, Next's own messages stay.
  if (process.env.NODE_ENV === "production") keepForeignTextOutOfConsole();
  if (process.env.VERCEL) return;
  const { env } = await import("@/lib/env");
  checkSettings(env);
  const { stampPeers } = await import("@/lib/http/server/peer-address");
  stampPeers();
  const { stampRequestIds } = await import("@/lib/request-id");
  stampRequestIds();
  const { startTicking } = await import("@/lib/tick/server/tick");
  startTicking();
}

/**
 * Replaces `console.error`, which Next uses to print uncaught errors, including the message, query and parameters of a
 * database error.
 */
export function keepForeignTextOutOfConsole(target: Pick<Console, "error"> = console): void {
  target.error = (...values: unknown[]) => {
    void import("@/lib/log").then(({ logUncaught }) => logUncaught(values));
  };
}

function checkSettings(env: { NODE_ENV: string }): void {
  try {
    void env.NODE_ENV;
  } catch (cause) {
    process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
    process.exit(1);
  }
}
