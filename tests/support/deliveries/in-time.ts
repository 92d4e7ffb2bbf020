import { expect, vi } from "vitest";

const stepMs = 25;

/**
 * Runs work that must finish within `limitMs` of its own clock, however busy this machine is: a fake clock stands still
 * while sockets, promises and imports get their turns, and advances in small steps while the work waits.
 * @param now initial time of the clock (epoch ms)
 */
export async function inTime<T>(
  limitMs: number,
  start: () => Promise<T>,
  now: number = Date.now(),
): Promise<T> {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"], now });
  try {
    let isDone = false;
    const work = start().finally(() => {
      isDone = true;
    });
    // Awaited below.
    work.catch(() => {});
    await takeTurns();
    for (let passed = 0; passed < limitMs && !isDone; passed += stepMs) {
      await vi.advanceTimersByTimeAsync(stepMs);
      await takeTurns();
    }
    expect(isDone, `done within ${limitMs} ms`).toBe(true);
    return await work;
  } finally {
    vi.useRealTimers();
  }
}

async function takeTurns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
  // Code loaded when it is needed is read from the disk in real time.
  await vi.dynamicImportSettled();
}
