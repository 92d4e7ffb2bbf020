import "server-only";
import { refuseOddRequests } from "@/lib/http/odd-requests";

/**
 * What a server does once when it starts. With settings that are missing or wrong it ends the process, since every
 * request would only fail with the same sentence.
 */
export async function startServer(): Promise<void> {
  refuseOddRequests();
  const { env } = await import("@/lib/env").catch(endWithSentence);
  const { keepForeignTextOutOfConsole } = await import("@/lib/log");
  if (!env.VERCEL) {
    const { stampPeers } = await import("@/lib/http/server/peer-address");
    stampPeers();
  }
  // Development keeps Next's own messages.
  if (env.NODE_ENV === "production") keepForeignTextOutOfConsole();
  const { startTicking } = await import("@/lib/tick/server/tick");
  startTicking();
}

function endWithSentence(cause: unknown): never {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exit(1);
}
