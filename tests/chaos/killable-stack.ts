import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { join } from "node:path";
import { findFreePort } from "@/scripts/local/find-free-port";
import { keepRunning } from "@/scripts/local/guard/keep-running";
import { spawnGuarded } from "@/scripts/local/guard/spawn-guarded";
import { readPostmaster } from "@/scripts/local/postgres/run-server";
import { projectFolder } from "@/scripts/local/project-folder";
import type { Parts } from "@/scripts/local/stack/create-parts";
import { startStack } from "@/scripts/local/stack/start-stack";
import { startThrowawayPostgres } from "@/scripts/local/throwaway-postgres";
import { waitUntil } from "@/scripts/local/wait-until";

/** A part that runs as a separate process and is restarted when it is killed. */
export type Killable = {
  name: "app" | "Postgres" | "realtime server";
  pid: () => number | undefined;
  /** Whether it responds at all. That it works is checked by an event that passes through all parts. */
  answers: () => Promise<boolean>;
};

/**
 * Starts Earshot as `npm start` does, with its database and its realtime server, each of which may be killed.
 *
 * @param allowedHost where the app may send tool calls and notifications
 */
export async function startKillableStack(allowedHost: string, parts: Parts) {
  const postgres = await startThrowawayPostgres({ isDurable: true, isKeptRunning: true });
  parts.add(postgres.stop);
  const port = await findFreePort();
  const settings = {
    APP_URL: `http://127.0.0.1:${port}`,
    BETTER_AUTH_SECRET: randomBytes(32).toString("base64url"),
    // The secret that `deliver` sends.
    VAPI_WEBHOOK_SECRET: "test-webhook-secret",
    OUTGOING_ALLOWED_HOSTS: allowedHost,
    PUSHER_APP_ID: "earshot-chaos",
    PUSHER_KEY: "chaos-key",
    PUSHER_SECRET: "chaos-secret",
    PUSHER_HOST: "127.0.0.1",
    PUSHER_PORT: String(await findFreePort()),
    PUSHER_USE_TLS: "false",
  };
  const realtime = await startRealtime(settings, parts);
  const { PATH, HOME, TMPDIR } = process.env;
  const stack = await startStack(
    {
      command: "start",
      host: "127.0.0.1",
      port,
      environment: { PATH, HOME, TMPDIR, ...settings },
      isKeptRunning: true,
      startPostgres: async () => ({ ...postgres, stop: async () => {} }),
    },
    parts,
  );
  const dataFolder = join(postgres.home, "cluster", "data");
  const killables: Killable[] = [
    { name: "app", pid: () => stack.pid, answers: () => canConnect(port) },
    {
      name: "Postgres",
      pid: () => readPostmaster(dataFolder)?.pid,
      answers: async () => readPostmaster(dataFolder)?.isReady === true,
    },
    realtime,
  ];
  return { stack, postgres, settings, killables };
}

async function startRealtime(settings: Record<string, string>, parts: Parts): Promise<Killable> {
  const port = Number(settings.PUSHER_PORT);
  let pid: number | undefined;
  const start = async () => {
    const server = await spawnGuarded(process.execPath, ["--import", "tsx", "tests/chaos/realtime.ts"], {
      cwd: projectFolder,
      env: { ...process.env, ...settings },
      stdio: "inherit",
      stopSignal: "SIGTERM",
    });
    pid = server.child.pid;
    return server;
  };
  const kept = keepRunning(await start(), { name: "The realtime server", startAgain: start });
  parts.add(kept.stop);
  await waitUntil("the realtime server to listen", () => canConnect(port));
  return { name: "realtime server", pid: () => pid, answers: () => canConnect(port) };
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.end());
  });
}
