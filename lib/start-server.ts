import "server-only";
import { refuseOddRequests } from "@/lib/http/server/odd-requests";

/**
 * What a server does once when it starts. With settings that are missing or wrong it ends the process, since every
 * request would only fail with the same sentence.
 *
 * On Vercel every function runs this before its first answer, and loads its own copy of whatever is imported here, so almost
 * nothing is. Settings are checked when they are first read, and a cron calls the tick (vercel.json).
 */
export async function startServer(): Promise<void> {
  refuseOddRequests();
  // Development keeps Next's own messages.
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
 * Replaces `console.error`, with which Next prints what no route has caught: message, query and parameters of a database
 * error among it.
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
