import "server-only";
import { env } from "@/lib/env";
import { refuseOddRequests } from "@/lib/http/server/odd-requests";

/**
 * What a server does once when it starts. With settings that are missing or wrong it ends the process, since every
 * request would only fail with the same sentence.
 */
export async function startServer(): Promise<void> {
  refuseOddRequests();
  const { VERCEL, NODE_ENV } = readSettings();
  const { keepForeignTextOutOfConsole } = await import("@/lib/log");
  if (!VERCEL) {
    const { stampPeers } = await import("@/lib/http/server/peer-address");
    stampPeers();
    const { stampRequestIds } = await import("@/lib/request-id");
    stampRequestIds();
  }
  // Development keeps Next's own messages.
  if (NODE_ENV === "production") keepForeignTextOutOfConsole();
  // On Vercel a cron calls the tick (vercel.json). Each function would load all that the jobs need before its first answer.
  if (VERCEL) return;
  const { startTicking } = await import("@/lib/tick/server/tick");
  startTicking();
}

function readSettings() {
  try {
    const { VERCEL, NODE_ENV } = env;
    return { VERCEL, NODE_ENV };
  } catch (cause) {
    process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
    return process.exit(1);
  }
}
