import { expect, vi } from "vitest";

const stepMs = 25;

/**
 * What some work brings that must be done by `limitMs` on the clock of its own deadlines, however busy this machine is: the clock
 * stands still while sockets and promises get their turns, and goes on in small steps while the work waits.
 * @param now what the clock says at first (epoch ms)
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
    // It is awaited below.
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
}
