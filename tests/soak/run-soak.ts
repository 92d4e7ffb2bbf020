import { readdir, writeFile } from "node:fs/promises";
import { constants, setPriority } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { Tally } from "@/scripts/delivery/tally";
import { findFreePort } from "@/scripts/local/find-free-port";
import type { Parts } from "@/scripts/local/stack/create-parts";
import { defaultCallOptions } from "@/scripts/simulator/call-options";
import { type Progress, simulate } from "@/scripts/simulator/simulate";
import { openPage } from "@/tests/bench/open-page";
import { readHeap, readMemory, readNodeHeap } from "@/tests/bench/read-memory";
import { startBenchStack } from "@/tests/bench/start-bench-stack";
import { type Sample, slopePerHour } from "@/tests/soak/slope";
import { ask } from "@/tests/support/deliveries/ask";

export type SoakOptions = {
  minutes: number;
  calls: number;
  browsers: number;
  everySeconds: number;
  seed: string;
};

type Stack = Awaited<ReturnType<typeof startBenchStack>>;
type Note = (problem: string) => void;

/**
 * Keeps calls live and pages open for hours: every other page shows the board, the others a live call each. Prints
 * memory growth and returns the problems found.
 */
export async function runSoak(options: SoakOptions, parts: Parts): Promise<string[]> {
  const inspectorPort = await findFreePort();
  const stack = await startBenchStack(parts, { NODE_OPTIONS: `--inspect=127.0.0.1:${inspectorPort}` });
  const problems = new Map<string, number>();
  const note: Note = (problem) => problems.set(problem, (problems.get(problem) ?? 0) + 1);
  const pages = await openPages(stack, options.browsers, note, parts);
  const progress: Progress = { live: 0, done: 0, tally: new Tally() };
  const hangUp = keepCalling(stack, options, progress);
  const samples = await watch({ stack, inspectorPort, pages, note }, options).finally(hangUp);

  for (const [status, count] of progress.tally.statuses) {
    if (status !== 200) problems.set(`The webhook answered ${status}.`, count);
  }
  if (progress.tally.unanswered > 0) problems.set("The webhook did not answer.", progress.tally.unanswered);
  console.table([
    summarize("app, resident", samples.resident),
    summarize("app, retained", samples.retained),
    summarize("pages' scripts, mean", samples.pages),
  ]);
  console.log(`${progress.tally.posted} events, ${progress.done} calls done.`);
  return [...problems].map(([problem, count]) => `${problem} (${count} times)`);
}

/** Starts the simulation and returns a function that stops it. */
function keepCalling(stack: Stack, { calls, seed }: SoakOptions, progress: Progress) {
  const stop = new AbortController();
  const simulation = simulate(
    {
      url: stack.localUrl,
      secret: stack.environment.VAPI_WEBHOOK_SECRET,
      seed,
      calls,
      concurrency: calls,
      isForever: true,
      call: defaultCallOptions,
    },
    stop.signal,
    progress,
  );
  return async () => {
    stop.abort();
    await simulation;
  };
}

async function openPages(stack: Stack, count: number, note: Note, parts: Parts) {
  const first = await openPage(stack, () => {}, parts);
  const state = await first.context().storageState();
  const pages = [first];
  while (pages.length < count) {
    const context = await first
      .context()
      .browser()
      ?.newContext({ storageState: state, baseURL: stack.localUrl });
    if (!context) throw new Error("The browser is gone.");
    pages.push(await context.newPage());
  }
  for (const page of pages) {
    page.on("pageerror", ({ name, message }) => note(`A page failed: ${name}: ${message}`));
    page.on("crash", () => note("A page crashed."));
    page.on("response", (response) => {
      if (response.status() >= 500)
        note(`${new URL(response.url()).pathname} answered ${response.status()}.`);
    });
    await page.goto("/");
  }
  return pages;
}

type Watched = { stack: Stack; inspectorPort: number; pages: readonly Page[]; note: Note };

async function watch(
  { stack, inspectorPort, pages, note }: Watched,
  { minutes, everySeconds }: Pick<SoakOptions, "minutes" | "everySeconds">,
) {
  const samples = { resident: [] as Sample[], retained: [] as Sample[], pages: [] as Sample[] };
  const startedAt = performance.now();
  while (performance.now() - startedAt < minutes * 60_000) {
    await delay(everySeconds * 1_000);
    await giveWay(pages);
    const heaps = await Promise.all(pages.map(readHeap));
    const atMs = performance.now() - startedAt;
    samples.resident.push({ atMs, value: readMemory(stack.pid, "VmRSS") });
    samples.retained.push({ atMs, value: await readNodeHeap(inspectorPort) });
    samples.pages.push({ atMs, value: heaps.reduce((sum, heap) => sum + heap, 0) / heaps.length });
    await openLiveCalls(stack, pages).catch(({ name }: Error) =>
      note(`A live call could not be opened: ${name}.`),
    );
  }
  return samples;
}

/** Lowers the browser's priority, because people's browsers do not share a processor with the app. Only on Linux. */
async function giveWay(pages: readonly Page[]): Promise<void> {
  if (process.platform !== "linux") return;
  const session = await pages[0]?.context().browser()?.newBrowserCDPSession();
  const { processInfo } = (await session?.send("SystemInfo.getProcessInfo")) ?? { processInfo: [] };
  await session?.detach();
  // A process or thread may have ended by now.
  for (const { id } of processInfo) {
    // Where the kernel schedules sessions as groups, the threads' own priorities count only within the browser.
    await writeFile(`/proc/${id}/autogroup`, String(constants.priority.PRIORITY_LOW)).catch(() => {});
    const threads = await readdir(`/proc/${id}/task`).catch(() => []);
    for (const thread of threads) lowerPriority(Number(thread));
  }
}

function lowerPriority(thread: number): void {
  try {
    setPriority(thread, constants.priority.PRIORITY_LOW);
  } catch {}
}

/** Moves every other page to a live call, unless the call it shows is still live. */
async function openLiveCalls(stack: Stack, pages: readonly Page[]): Promise<void> {
  const rows = await ask(
    stack.environment.DATABASE_URL,
    (sql) => sql<{ id: string }[]>`select id from calls where status = 'in-progress' order by random()`,
  );
  const live = rows.map(({ id }) => id);
  for (const [index, page] of pages.entries()) {
    const shown = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    if (index % 2 === 0 || live.includes(shown)) continue;
    const next = live.pop();
    if (next) await page.goto(`/calls/${next}`);
  }
}

function summarize(what: string, samples: readonly Sample[]) {
  const round = (value: number | undefined) => Math.round((value ?? Number.NaN) * 10) / 10;
  return {
    memory: what,
    samples: samples.length,
    "first MB": round(samples[0]?.value),
    "last MB": round(samples.at(-1)?.value),
    "MB an hour": round(slopePerHour(samples)),
    // Caches fill in the first half; a leak goes on.
    "2nd half": round(slopePerHour(samples.slice(samples.length / 2))),
  };
}
