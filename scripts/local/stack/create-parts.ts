import { constants } from "node:os";
import { setTimeout as delay } from "node:timers/promises";

type Stop = () => Promise<unknown>;

/** Longer than any part takes to stop. */
const stopTimeoutMs = 20_000;

export type Parts = {
  /** Remembers how to stop something that was just started. */
  add: (stop: Stop) => void;
  /** Stops everything, newest first. Safe to call twice: the second waits for the first. */
  stopAll: () => Promise<void>;
  isStopping: () => boolean;
};

/** Keeps track of running parts, so that they can be stopped in reverse order at any moment. */
export function createParts(): Parts {
  const stops: Stop[] = [];
  let stopping: Promise<void> | null = null;

  const stopEach = async () => {
    for (let stop = stops.pop(); stop; stop = stops.pop()) {
      // One part that will not stop must not keep the others running.
      await Promise.race([stop(), giveUp()]).catch((error: unknown) =>
        console.error("Could not stop a part of Earshot:", error),
      );
    }
  };
  return {
    add: (stop) => stops.push(stop),
    stopAll: () => {
      stopping ??= stopEach();
      return stopping;
    },
    isStopping: () => stopping !== null,
  };
}

async function giveUp(): Promise<never> {
  await delay(stopTimeoutMs, undefined, { ref: false });
  throw new Error(`It did not stop within ${stopTimeoutMs / 1_000} s.`);
}

/**
 * Stops everything in order on Ctrl-C, SIGTERM or a closed terminal, then ends this process: with 0 if that is how it is meant to
 * end, otherwise with 128 and the signal's number, as a shell does, because its work is unfinished.
 */
export function stopOnSignals(parts: Parts, { isUsualEnd = false } = {}): void {
  const stop = async (signal: "SIGINT" | "SIGTERM" | "SIGHUP") => {
    // npm forwards a Ctrl-C that the terminal has already sent here.
    if (!parts.isStopping()) console.log("\nStopping Earshot …");
    await parts.stopAll();
    process.exit(isUsualEnd ? 0 : 128 + constants.signals[signal]);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(signal));
}
