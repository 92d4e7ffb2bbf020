import { setTimeout as delay } from "node:timers/promises";

/**
 * Polls every 20 ms until the answer is neither null nor false.
 *
 * @throws a sentence that names the condition not met within `timeoutMs`
 */
export async function waitUntil<T>(
  what: string,
  ask: () => T | null | false | Promise<T | null | false>,
  timeoutMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`Timed out after ${timeoutMs / 1000} s waiting for ${what}.`);
    await delay(20);
  }
}
