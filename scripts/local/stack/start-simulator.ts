import { spawnGuarded } from "../guard/spawn-guarded";
import { projectFolder } from "../project-folder";
import type { Parts } from "./create-parts";
import type { Stack } from "./start-stack";

/** Lets simulated callers call until the demo stops. Earshot goes on without them, should they fail. */
export async function startSimulator(stack: Stack, calls: string, parts: Parts): Promise<void> {
  const flags = ["--url", stack.localUrl, "--calls", calls, "--speed", "1", "--tool-server", "--forever"];
  const simulator = await spawnGuarded(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", "scripts/simulate.ts", ...flags],
    {
      cwd: projectFolder,
      env: { ...process.env, ...stack.environment },
      stdio: ["ignore", "inherit", "inherit"],
      stopSignal: "SIGTERM",
      graceMs: 2_000,
    },
  );
  parts.add(simulator.stop);
  void simulator.exited.then((code) => {
    if (!parts.isStopping()) console.error(`The simulated callers are gone (exit code ${code}): see above.`);
  });
}
