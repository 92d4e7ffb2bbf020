import { randomBytes } from "node:crypto";
import { runSoak } from "@/tests/soak/run-soak";
import { readOptions, UsageError } from "./local/cli/read-options";
import { runScript } from "./local/cli/run-script";
import { createParts, stopOnSignals } from "./local/stack/create-parts";

const usage = `npm run soak -- [--minutes 120] [--calls 200] [--browsers 20] [--every 10] [--seed TEXT]

Keeps simulated calls live at real speed, with pages open in Chromium, and measures memory growth in the app and the pages:
a least-squares fit of samples taken every --every seconds, without the first tenth. Exits with 1 on any error.`;

await runScript(async () => {
  const given = readOptions(usage, {
    minutes: { type: "string", default: "120" },
    calls: { type: "string", default: "200" },
    browsers: { type: "string", default: "20" },
    every: { type: "string", default: "10" },
    seed: { type: "string", default: randomBytes(4).toString("hex") },
  });
  const read = (name: "minutes" | "calls" | "browsers" | "every") => {
    const value = Number(given[name]);
    if (!(value > 0)) throw new UsageError(`--${name} must be a number above 0.\n\n${usage}`);
    return value;
  };
  const options = {
    minutes: read("minutes"),
    calls: read("calls"),
    browsers: read("browsers"),
    everySeconds: read("every"),
    seed: given.seed,
  };
  const parts = createParts();
  stopOnSignals(parts);
  console.log(`Soaking for ${options.minutes} minutes with seed ${options.seed}.`);
  try {
    const problems = await runSoak(options, parts);
    for (const problem of problems) console.error(problem);
    if (problems.length > 0) process.exitCode = 1;
    else console.log("No errors.");
  } finally {
    await parts.stopAll();
  }
});
