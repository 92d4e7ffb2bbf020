import { readOptions, UsageError } from "./local/cli/read-options";
import { runScript } from "./local/cli/run-script";
import { createParts, stopOnSignals } from "./local/stack/create-parts";
import { runStage, stages } from "./testing/stages";

const names = stages.map(({ name }) => name);
const usage = `npm test -- [--only stage] …

Runs all test stages, or only those given: ${names.join(", ")}.
A failed stage does not stop the next ones; the last line is the total.`;

await runScript(async () => {
  const { only } = readOptions(usage, { only: { type: "string", multiple: true, default: names } });
  const unknown = only.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new UsageError(`There is no stage "${unknown}".\n\n${usage}`);

  const parts = createParts();
  stopOnSignals(parts);
  const total = { passed: 0, failed: 0 };
  for (const stage of stages.filter(({ name }) => only.includes(name))) {
    const { passed, failed } = await runStage(stage, parts);
    total.passed += passed;
    total.failed += failed;
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 ? 1 : 0;
});
