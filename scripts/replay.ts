import { describeTally } from "./delivery/tally";
import { loadEnvFiles, runScript } from "./local/cli/run-script";
import { readReplayOptions } from "./replayer/cli/read-replay-options";
import { findCaptures } from "./replayer/find-captures";
import { replay } from "./replayer/replay";

await runScript(async () => {
  loadEnvFiles();
  const options = readReplayOptions();
  const captures = findCaptures(options.path);
  const sequences = captures.filter(({ isSequence }) => isSequence).length;
  const bodies = captures.reduce((sum, capture) => sum + capture.bodies.length, 0);
  const seed = options.isShuffled ? `, shuffled by seed ${options.seed}` : "";
  console.log(`Replaying ${bodies} bodies (${sequences} sequences) to ${options.url}${seed}.`);
  const { tally, hasFailed } = await replay(captures, options, (line) => console.error(line));
  console.log(describeTally(tally));
  if (hasFailed) process.exitCode = 1;
});
