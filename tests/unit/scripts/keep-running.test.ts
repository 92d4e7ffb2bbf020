import { expect, test } from "vitest";
import { keepRunning } from "@/scripts/local/guard/keep-running";
import { spawnGuarded } from "@/scripts/local/guard/spawn-guarded";

const run = (program: string) =>
  spawnGuarded(process.execPath, ["-e", program], { stdio: "ignore", stopSignal: "SIGTERM" });
const forever = "setInterval(() => {}, 1e6)";

/** A process that ends at once by itself, with or without having become ready. */
const ending = (ready?: Promise<unknown>) => ({
  exited: Promise.resolve().then(() => Promise.resolve(3)),
  stop: async () => {},
  ...(ready && { ready }),
});
const neverReady = () => {
  const ready = Promise.reject(new Error("It ended before it could answer."));
  ready.catch(() => {});
  return ready;
};

test("npm start: an app that exits before it is ready is restarted with a message each time, then given up with its exit code", async () => {
  const said: string[] = [];
  let starts = 1;
  const startAgain = async () => {
    starts += 1;
    return { ...(await run("process.exit(3)")), ready: neverReady() };
  };
  const kept = keepRunning(await startAgain(), {
    name: "The app",
    startAgain,
    pausesMs: [1, 2, 3],
    maxFailedStarts: 5,
    say: (line) => said.push(line),
  });
  expect(await kept.ended).toBe(3);
  expect(starts).toBe(6);
  expect(said).toEqual([
    "The app exited unexpectedly (exit code 3). Restarting in 0.001 s.",
    "The app exited unexpectedly (exit code 3). Restarting in 0.002 s.",
    "The app exited unexpectedly (exit code 3). Restarting in 0.003 s.",
    "The app exited unexpectedly (exit code 3). Restarting in 0.003 s.",
    "The app exited unexpectedly (exit code 3). 5 starts in a row have failed, so it will not be restarted.",
  ]);
});

/** The pauses announced for an app that becomes ready and ends, twelve times, and then is stopped. */
async function pausesOf(steadyMs: number): Promise<string[]> {
  const said: string[] = [];
  let starts = 0;
  const kept = keepRunning(ending(), {
    name: "The app",
    startAgain: async () => {
      starts += 1;
      return starts < 12 ? ending(Promise.resolve()) : await run(forever);
    },
    pausesMs: [1, 2, 3],
    maxFailedStarts: 2,
    steadyMs,
    say: (line) => said.push(line),
  });
  await expect.poll(() => starts).toBe(12);
  await kept.stop();
  return said.map((line) => /in (\S+) s\.$/.exec(line)?.[1] ?? line);
}

test("npm start: an app that becomes ready each time is never given up, however often it exits", async () => {
  expect(await pausesOf(Number.POSITIVE_INFINITY)).toEqual(["0.001", "0.002", ...Array(10).fill("0.003")]);
});

test("npm start: an app that has run steadily is restarted after the first pause", async () => {
  expect(await pausesOf(0)).toEqual(Array(12).fill("0.001"));
});

test("npm start: a start that fails outright counts as a failed start, and its reason is printed", async () => {
  const said: string[] = [];
  const kept = keepRunning(ending(), {
    name: "PostgreSQL",
    startAgain: () => Promise.reject(new Error("PostgreSQL did not start.")),
    pausesMs: [1],
    maxFailedStarts: 2,
    say: (line) => said.push(line),
  });
  await kept.ended;
  expect(said).toEqual([
    "PostgreSQL exited unexpectedly (exit code 3). Restarting in 0.001 s.",
    "PostgreSQL did not start.",
    "PostgreSQL could not be started. Restarting in 0.001 s.",
    "PostgreSQL did not start.",
    "PostgreSQL could not be started. 2 starts in a row have failed, so it will not be restarted.",
  ]);
});

test("npm start: an app that is stopped on purpose stays stopped", async () => {
  const said: string[] = [];
  const app = await run(forever);
  const kept = keepRunning(app, {
    name: "The app",
    startAgain: () => run(forever),
    say: (line) => said.push(line),
  });
  await kept.stop();
  expect(await app.exited).toBeNull();
  await kept.ended;
  expect(said).toEqual([]);
});
