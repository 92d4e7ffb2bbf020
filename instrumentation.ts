import type { Instrumentation } from "next";

/**
 * Next calls this once when a server starts: a process that stays also keeps Earshot's clock. With settings that are
 * missing or wrong it ends the process, since every request would only fail with the same sentence.
 */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: Next replaces it when it builds, so that the edge never sees the import.
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { refuseOddRequests } = await import("@/lib/http/refuse-odd-requests");
  refuseOddRequests();
  const { env } = await import("@/lib/env").catch(endWithSentence);
  const { keepForeignTextOutOfConsole } = await import("@/lib/log");
  if (!env.VERCEL) {
    const { stampPeers } = await import("@/lib/http/peer-address");
    stampPeers();
  }
  // Development keeps Next's own messages.
  if (env.NODE_ENV === "production") keepForeignTextOutOfConsole();
  const { startTicking } = await import("@/lib/tick/start-ticking");
  startTicking();
}

function endWithSentence(cause: unknown): never {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exit(1);
}

/** Next calls this with what a route or a page has thrown. */
export const onRequestError: Instrumentation.onRequestError = async (cause, { method }, context) => {
  // biome-ignore lint/style/noProcessEnv: Next replaces it when it builds, so that the edge never sees the import.
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { logRequestError } = await import("@/lib/log");
  logRequestError(cause, { method, pattern: context.routePath, kind: context.routeType });
};
