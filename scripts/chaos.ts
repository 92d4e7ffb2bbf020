import { randomBytes } from "node:crypto";
import { runChaos } from "@/tests/chaos/run-chaos";
import { readOptions, UsageError } from "./local/cli/read-options";
import { runScript } from "./local/cli/run-script";
import { createParts, stopOnSignals } from "./local/stack/create-parts";

const usage = `npm run chaos -- [--minutes 30] [--kills N] [--seed TEXT] [--calls 12] [--speed 4] [--pause 5]

Under a load of simulated calls, kills (kill -9) the app, Postgres and the realtime server in random order. Afterwards every
acknowledged event must be there once, with the alerts that follow from the events; tool effects must have happened once, and
notifications must have been sent. All of it runs on a database of its own, and nothing is left.

  --minutes N  how long; the calls that are live then go on to their end
  --kills N    stop after so many kills
  --seed TEXT  the same seed gives the same calls and the same order (a new one each time, printed)
  --calls N    how many calls are live at a time
  --speed N    how many times as fast as real calls
  --pause N    at most so many seconds between a part that works again and the next kill`;

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
    else console.log("Every acknowledged event is there once, and all that follows from them.");
  } finally {
    await parts.stopAll();
  }
});
