import type { Page } from "@playwright/test";
import type { Parts } from "@/scripts/local/stack/create-parts";
import { createCaller } from "@/tests/support/e2e/caller";
import { BusyFloor } from "./board/busy-floor";
import { keepBusy } from "./board/keep-busy";
import { watchPage } from "./board/watch-page";
import { openPage } from "./open-page";
import { postEvent } from "./post-event";
import { readHeap } from "./read-memory";
import { startBenchStack } from "./start-bench-stack";

const calls = 1_000;
const updatesPerSecond = 200;

/**
 * Measures the board with a thousand live calls in Chromium: the JavaScript it loads and then, with 200 events a second
 * arriving by the webhook, long tasks, memory, and the time from a POST until its text is painted. That time includes
 * the batching of board rows: up to 2 s, or 5 s while little happens.
 */
export async function benchBoard({ seconds }: { seconds: number }, parts: Parts): Promise<void> {
  const stack = await startBenchStack(parts);
  const post = (conversation: string, message: object) => postEvent(stack, conversation, message);
  const floor = new BusyFloor(calls, post);
  await floor.fill();
  const page = await openPage(stack, watchPage, parts);
  const scriptBytes = await load(page);

  const probe = createCaller(post, "Probe");
  await probe.begins();
  await probe.hangs(); // Hanging calls are at the top, inside the viewport.
  const idle = await measure(page, seconds, probe);
  const stop = keepBusy(updatesPerSecond, () => floor.happen());
  const busy = await measure(page, seconds, probe);
  const perSecond = await stop();

  console.log(`First load of the board: ${Math.round(scriptBytes / 1_024)} KiB of JavaScript, gzip.`);
  console.table([
    { "updates/s": 0, ...idle },
    { "updates/s": perSecond, ...busy },
  ]);
}

/** Opens the board and waits until it is idle. Returns the bytes of script transferred until it was loaded. */
async function load(page: Page): Promise<number> {
  const sizes: Promise<number>[] = [];
  const count = async (request: { sizes: () => Promise<{ responseBodySize: number }> }) =>
    (await request.sizes()).responseBodySize;
  page.on("requestfinished", (request) => {
    if (request.resourceType() === "script") sizes.push(count(request));
  });
  await page.goto("/");
  const first = [...sizes];
  await page.locator('[data-testid="connection"][data-status="connected"]').waitFor();
  await atRest(page);
  return (await Promise.all(first)).reduce((sum, bytes) => sum + bytes, 0);
}

/** Waits until the network has been idle for half a second and the page has run its idle callbacks. */
async function atRest(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(() => resolve(null))));
}

async function measure(page: Page, seconds: number, probe: ReturnType<typeof createCaller>) {
  await page.evaluate(() => window.noted?.longTasks.splice(0));
  const before = await readHeap(page);
  const latencies: number[] = [];
  const until = Date.now() + seconds * 1_000;
  while (Date.now() < until) {
    const text = `probe ${Math.floor(performance.now())}`;
    const sentAt = Date.now();
    await probe.says("user", text);
    const painted = await page.waitForFunction((wanted) => window.noted?.paintedAt[wanted], text, {
      polling: 50,
    });
    latencies.push(Number(await painted.jsonValue()) - sentAt);
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(() => resolve(null))));
  }
  const longTasks = (await page.evaluate(() => window.noted?.longTasks)) ?? [];
  const sorted = latencies.toSorted((a, b) => a - b);
  return {
    "tasks > 50 ms": longTasks.length,
    "longest ms": Math.round(Math.max(0, ...longTasks)),
    "heap MB": `${before} → ${await readHeap(page)}`,
    "POST → painted p50 ms": sorted[Math.floor(sorted.length * 0.5)],
    "p95 ms": sorted[Math.floor(sorted.length * 0.95)],
    samples: sorted.length,
  };
}
