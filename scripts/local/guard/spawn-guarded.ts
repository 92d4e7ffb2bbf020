import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { openReaper } from "./open-reaper";
import { sendSignal } from "./send-signal.mjs";

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
