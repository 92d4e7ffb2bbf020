import { once } from "node:events";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";
import { UsageError } from "../cli/read-options";
import { type Guarded, spawnGuarded } from "../guard/spawn-guarded";
import { projectFolder } from "../project-folder";
import { waitUntil } from "../wait-until";
import { type Environment, sealEnvironment } from "./environment";

const nextProgram = createRequire(import.meta.url).resolve("next/dist/bin/next");

/**
 * Semi-space size of V8's young generation, in MB. A body turns into half a megabyte of short-lived objects, and each
 * collection copies those of the events being recorded; at V8's default of 16, one runs every 25 events.
 */
const youngMegabytes = 64;

/**
 * How long an idle connection stays open. Node's default of 5 s closes connections that a proxy or Vapi's client is about
 * to reuse, and the request sent at that moment is lost. Proxies close theirs after 60 s or so, which is safe.
 */
const keepAliveMs = 75_000;

/**
 * Where Node 22 and newer keep compiled code, so that a restarted app needs less processor time before it answers. Each
 * build empties it with the rest of `.next`.
 */
const compiledFolder = join(projectFolder, ".next", "compiled");

/** Runs `next dev`, `next start` or `next build` with exactly this environment; its output goes to ours. */
export function startNext(args: string[], environment: Environment): Promise<Guarded> {
  const NODE_ENV = args[0] === "dev" ? "development" : "production";
  const isStart = args[0] === "start";
  const flags = isStart ? [`--max-semi-space-size=${youngMegabytes}`] : [];
  const options = isStart ? ["--keepAliveTimeout", String(keepAliveMs)] : [];
  return spawnGuarded(process.execPath, [...flags, nextProgram, ...args, ...options], {
    cwd: projectFolder,
    env: {
      ...(isStart && { NODE_COMPILE_CACHE: compiledFolder }),
      ...sealEnvironment(environment),
      NODE_ENV,
      NEXT_TELEMETRY_DISABLED: "1",
    },
    stdio: ["ignore", "inherit", "inherit"],
    stopSignal: "SIGTERM",
    group: true,
    graceMs: 5_000,
  });
}

/**
 * Waits until the app's /api/health answers 200.
 *
 * @throws a UsageError when its process ends first or it is not healthy within two minutes
 */
export async function waitForHealth(appUrl: string, exited: Promise<number | null>): Promise<void> {
  let hasEnded = false;
  void exited.then(() => {
    hasEnded = true;
  });
  const lastAnswer = { text: "no response" };
  const isHealthy = async () => {
    if (hasEnded) throw new UsageError("Next.js exited before it could respond: see above.");
    const response = await fetch(`${appUrl}/api/health`, { signal: AbortSignal.timeout(60_000) }).catch(
      () => null,
    );
    if (response) lastAnswer.text = `it returned ${response.status}: ${await response.text()}`;
    return response?.ok === true;
  };
  await waitUntil("the app's /api/health to answer 200", isHealthy, 120_000).catch((cause) => {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(`Earshot did not become healthy at ${appUrl}/api/health: ${lastAnswer.text}.`, {
      cause,
    });
  });
}

/**
 * Checks the port before anything starts, also on ::1: a browser may resolve "localhost" to it first and reach another program.
 *
 * @throws a UsageError with the fix when the port is taken or not allowed
 */
export async function ensurePortIsFree(port: number, host: string): Promise<void> {
  for (const address of [host, "::1"]) {
    const code = await tryToListen(port, address);
    const isTaken = code === "EADDRINUSE";
    if (code === null || (!isTaken && address !== host)) continue; // a machine without IPv6 has no ::1
    const problem = isTaken
      ? "is in use by another program. Stop it or"
      : `cannot be used on ${host} (${code}). Please`;
    throw new UsageError(`Port ${port} ${problem} choose another port, such as --port ${port + 1}.`);
  }
}

/** Returns null when listening works, otherwise the system's error code. */
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
