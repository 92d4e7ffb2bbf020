import { setTimeout as delay } from "node:timers/promises";
import type { Guarded } from "./spawn-guarded";

export type KeptRunning = {
  /** Resolves when it was stopped, or ended too often in a row. */
  ended: Promise<number | null>;
  stop: () => Promise<void>;
};

type Running = Pick<Guarded, "exited" | "stop">;

type Options = {
  /** As a sentence begins: "The app". */
  name: string;
  startAgain: () => Promise<Running>;
  /** How long to wait before each new start; there are no more starts in a row than this. */
  pausesMs?: readonly number[];
  /** Ran so long: what happened before no longer counts. */
  steadyMs?: number;
  say?: (line: string) => void;
};

/** Starts a process again whenever it ends by itself, with growing pauses, until it ends too often in a row. */
export function keepRunning(first: Running, options: Options): KeptRunning {
  const { name, startAgain, pausesMs = usualPausesMs, steadyMs = 60_000, say = console.error } = options;
  const stopping = new AbortController();
  let running: Running | null = first;
  let deaths = 0;

  const watch = async (): Promise<number | null> => {
    for (;;) {
      const startedAt = performance.now();
      const code = running ? await running.exited : null;
      if (stopping.signal.aborted) return code;
      deaths = performance.now() - startedAt >= steadyMs ? 1 : deaths + 1;
      const pauseMs = pausesMs[deaths - 1];
      const how = `${name} ended by itself${code === null ? "" : ` (exit code ${code})`}`;
      if (pauseMs === undefined) {
        say(`${how}, ${deaths} times in a row. It is not started again.`);
        return code;
      }
      say(`${how}. It is started again in ${pauseMs / 1000} s.`);
      await delay(pauseMs, undefined, { signal: stopping.signal }).catch(() => {}); // stopped while waiting
      if (stopping.signal.aborted) return code;
      running = await startAgain().catch((error: unknown) => {
        say(error instanceof Error ? error.message : String(error));
        return null;
      });
      // Stopped while it started: nobody else knows of this one.
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

const usualPausesMs = [1_000, 2_000, 4_000, 8_000, 15_000];
