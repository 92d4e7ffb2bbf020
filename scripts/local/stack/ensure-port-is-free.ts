import { once } from "node:events";
import { createServer } from "node:net";
import { UsageError } from "../cli/read-options";

/**
 * Looks before anything is started. Also at ::1, where a browser that is sent to "localhost" may look first and find
 * somebody else.
 *
 * @throws a UsageError that says what to do, when somebody else listens there or we may not
 */
export async function ensurePortIsFree(port: number, host: string): Promise<void> {
  for (const address of [host, "::1"]) {
    const code = await tryToListen(port, address);
    const isTaken = code === "EADDRINUSE";
    if (code === null || (!isTaken && address !== host)) continue; // a machine without IPv6 has no ::1
    const problem = isTaken
      ? "is taken by another program: stop it, or"
      : `cannot be used on ${host} (${code}):`;
    throw new UsageError(`Port ${port} ${problem} choose another port, as with --port ${port + 1}.`);
  }
}

/** Null when it works, otherwise the system's code for why not. */
async function tryToListen(port: number, host: string): Promise<string | null> {
  const server = createServer();
  try {
    server.listen({ port, host, ipv6Only: host === "::1" });
    await once(server, "listening");
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : String(error);
  }
  server.close();
  await once(server, "close");
  return null;
}
