import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { sendSignal } from "./send-signal.mjs";
import type { Ward } from "./ward";

type Reaper = { pid: number | undefined; add: (ward: Ward) => void; drop: (pid: number) => void };

let reaper: Reaper | undefined;

/** Returns this process's only reaper, started on first use. It does not keep this process alive. */
export function openReaper(): Reaper {
  reaper ??= startReaper();
  return reaper;
}

function startReaper(): Reaper {
  const script = fileURLToPath(new URL("reaper.mjs", import.meta.url));
  const child = spawn(process.execPath, [script], {
    detached: true,
    stdio: ["pipe", "ignore", "inherit"],
  });
  child.unref();
  const { stdin } = child;
  // Without its reaper, a script still stops its own children; only kill -9 would leave them running.
  stdin.on("error", () => {});
  if ("unref" in stdin && typeof stdin.unref === "function") stdin.unref();
  return {
    pid: child.pid,
    add: (ward) => stdin.write(`add ${JSON.stringify(ward)}\n`),
    drop: (pid) => stdin.write(`drop ${pid}\n`),
  };
}

export type Guarded = {
  child: ChildProcess;
  /** Resolves with the exit code (null: ended by a signal) when the process is gone. */
  exited: Promise<number | null>;
  /** Sends the stop signal, waits for the end, and kills after the grace time. Safe to call twice. */
  stop: () => Promise<void>;
};

type Options = Omit<SpawnOptions, "detached"> & {
  stopSignal: NodeJS.Signals;
  /** Stop the whole process group: for programs that start others, such as `next dev`. */
  group?: boolean;
  graceMs?: number;
  /** Removed by the reaper if this script dies first. */
  throwawayFolder?: string | undefined;
};

/**
 * Starts a process that cannot outlive this one. It gets a session of its own, so that Ctrl-C reaches only this
 * script, which then stops its children in its own order.
 *
 * @throws when the program cannot be started at all
 */
export async function spawnGuarded(command: string, args: string[], options: Options): Promise<Guarded> {
  const { stopSignal, group = false, graceMs = 10_000, throwawayFolder, ...spawnOptions } = options;
  const reaper = openReaper();
  const child = spawn(command, args, { ...spawnOptions, detached: true });
  await once(child, "spawn");
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} started without a process id.`);

  const target = group ? -pid : pid;
  reaper.add({ pid: target, signal: stopSignal, graceMs, folder: throwawayFolder });
  let running = true;
  const exited = new Promise<number | null>((resolve) => {
    child.once("exit", (code) => {
      running = false;
      reaper.drop(target);
      resolve(code);
    });
  });

  const stop = async () => {
    if (!running) return;
    sendSignal(target, stopSignal);
    const grace = new AbortController();
    const expired = delay(graceMs, undefined, { signal: grace.signal }).then(
      () => sendSignal(target, "SIGKILL"),
      () => {}, // stopped in time
    );
    await exited;
    grace.abort();
    await expired;
  };
  return { child, exited, stop };
}
