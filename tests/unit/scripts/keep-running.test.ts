import { expect, test } from "vitest";
import { keepRunning } from "@/scripts/local/guard/keep-running";
import { spawnGuarded } from "@/scripts/local/guard/spawn-guarded";

const run = (program: string) =>
  spawnGuarded(process.execPath, ["-e", program], { stdio: "ignore", stopSignal: "SIGTERM" });
const forever = "setInterval(() => {}, 1e6)";

test("npm start: an app that keeps dying is started again, each time said, and given up with its last exit code", async () => {
  const said: string[] = [];
  let starts = 1;
  const startAgain = () => {
    starts += 1;
    return run("process.exit(3)");
  };
  const kept = keepRunning(await run("process.exit(3)"), {
    name: "The app",
    startAgain,
    pausesMs: [1, 2, 3],
    say: (line) => said.push(line),
  });
  expect(await kept.ended).toBe(3);
  expect(starts).toBe(4);
  expect(said).toEqual([
    "The app ended by itself (exit code 3). It is started again in 0.001 s.",
    "The app ended by itself (exit code 3). It is started again in 0.002 s.",
    "The app ended by itself (exit code 3). It is started again in 0.003 s.",
    "The app ended by itself (exit code 3), 4 times in a row. It is not started again.",
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
