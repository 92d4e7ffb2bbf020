import { setTimeout as delay } from "node:timers/promises";
import type { Guarded } from "./spawn-guarded";

type KeptRunning = {
  /** Resolves when the process was stopped or could not be restarted. */
  ended: Promise<number | null>;
  stop: () => Promise<void>;
};

type Running = Pick<Guarded, "exited" | "stop"> & {
  /** Resolves once the process works, rejects when it never will. Omitted if `startAgain` itself resolves only then. */
  ready?: Promise<unknown>;
};

type Options = {
  /** As at the start of a sentence: "The app". */
  name: string;
  startAgain: () => Promise<Running>;
  /** Wait before each restart; the last value repeats. */
  pausesMs?: readonly number[];
  /** Gives up after this many failed starts in a row. */
  maxFailedStarts?: number;
  /** After working this long, the pauses begin again with the first. */
  steadyMs?: number;
  say?: (line: string) => void;
};

/**
 * Restarts a process whenever it ends by itself, with growing pauses. A process that works in between is restarted
 * forever; one that fails to start is given up after `maxFailedStarts`.
 */
export function keepRunning(first: Running, options: Options): KeptRunning {
  const { name, startAgain, pausesMs = usualPausesMs, maxFailedStarts = 6 } = options;
  const { steadyMs = 10_000, say = console.error } = options;
  const stopping = new AbortController();
  let running: Running | null = first;
  let starts = 0;
  let failedStarts = 0;

  const watch = async (): Promise<number | null> => {
    for (;;) {
      const { code, workedMs } = running ? await watchUntilEnd(running) : neverRan;
      if (stopping.signal.aborted) return code;
      failedStarts = workedMs === null ? failedStarts + 1 : 0;
      starts = workedMs !== null && workedMs >= steadyMs ? 0 : starts + 1;
      const how = running
        ? `${name} exited unexpectedly${code === null ? "" : ` (exit code ${code})`}`
        : `${name} could not be started`;
      if (failedStarts >= maxFailedStarts) {
        say(`${how}. ${failedStarts} starts in a row have failed, so it will not be restarted.`);
        return code;
      }
      const pauseMs = pausesMs[Math.min(Math.max(starts - 1, 0), pausesMs.length - 1)] ?? 0;
      say(`${how}. Restarting in ${pauseMs / 1000} s.`);
      await delay(pauseMs, undefined, { signal: stopping.signal }).catch(() => {}); // stopped while waiting
      if (stopping.signal.aborted) return code;
      running = await startAgain().catch((error: unknown) => {
        say(error instanceof Error ? error.message : String(error));
        return null;
      });
      // Stopped during the start: no other code holds a reference to this process.
      if (stopping.signal.aborted) await running?.stop();
    }
  };
  const ended = watch();
  const stop = async () => {
    stopping.abort();
    await running?.stop();
    await ended;
  };
  return { ended, stop };
}

const usualPausesMs = [500, 1_000, 2_000, 4_000, 8_000, 15_000];

type End = {
  code: number | null;
  /** Null when it never worked. */
  workedMs: number | null;
};

const neverRan: End = { code: null, workedMs: null };

async function watchUntilEnd({ exited, ready = Promise.resolve() }: Running): Promise<End> {
  let workedFrom: number | null = null;
  ready.then(
    () => {
      workedFrom = performance.now();
    },
    () => {}, // it has ended or will soon
  );
  const code = await exited;
  return { code, workedMs: workedFrom === null ? null : performance.now() - workedFrom };
}
