import { randomBytes } from "node:crypto";
import { runChaos } from "@/tests/chaos/run-chaos";
import { readOptions, UsageError } from "./local/cli/read-options";
import { runScript } from "./local/cli/run-script";
import { createParts, stopOnSignals } from "./local/stack/create-parts";

const usage = `npm run chaos -- [--minutes 30] [--kills N] [--seed TEXT] [--calls 12] [--speed 4] [--pause 5]

Kills the app, Postgres and the realtime server (kill -9) in random order under a load of simulated calls. Afterwards, every
acknowledged event must be stored exactly once, with the alerts that follow from it; every tool effect must have happened once,
and every notification must have been sent. Runs on its own database and leaves nothing behind.

  --minutes N  duration; calls that are live at the end run to completion
  --kills N    stop after N kills
  --seed TEXT  makes the calls and the order of kills repeatable (default random, printed)
  --calls N    number of concurrent calls
  --speed N    run calls N times as fast as real ones
  --pause N    wait at most N seconds after a recovery before the next kill`;

await runScript(async () => {
  const given = readOptions(usage, {
    minutes: { type: "string", default: "30" },
    kills: { type: "string", default: "100000" },
    seed: { type: "string", default: randomBytes(4).toString("hex") },
    calls: { type: "string", default: "12" },
    speed: { type: "string", default: "4" },
    pause: { type: "string", default: "5" },
  });
  const read = (name: "minutes" | "kills" | "calls" | "speed" | "pause") => {
    const value = Number(given[name]);
    if (!(value > 0)) throw new UsageError(`--${name} must be a number above 0.\n\n${usage}`);
    return value;
  };
  const options = {
    seed: given.seed,
    minutes: read("minutes"),
    kills: read("kills"),
    concurrency: read("calls"),
    speed: read("speed"),
    pauseMs: read("pause") * 1_000,
  };
  const parts = createParts();
  stopOnSignals(parts);
  console.log(`Chaos with seed ${options.seed}.`);
  try {
    const problems = await runChaos(options, parts);
    for (const problem of problems) console.error(problem);
    if (problems.length > 0) process.exitCode = 1;
    else
      console.log("Every acknowledged event was stored exactly once, with everything that follows from it.");
  } finally {
    await parts.stopAll();
  }
});
