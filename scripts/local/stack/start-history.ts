import { spawnGuarded } from "../guard/spawn-guarded";
import { projectFolder } from "../project-folder";
import type { Parts } from "./create-parts";
import type { Stack } from "./start-stack";

/** Fills an empty archive with some weeks of calls, beside everything else. Earshot goes on without them, should it fail. */
export async function startHistory(stack: Stack, parts: Parts): Promise<void> {
  const history = await spawnGuarded(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", "scripts/history.ts"],
    {
      cwd: projectFolder,
      env: { ...process.env, ...stack.environment, EARSHOT_URL: stack.localUrl },
      stdio: ["ignore", "inherit", "inherit"],
      stopSignal: "SIGTERM",
      graceMs: 2_000,
    },
  );
  parts.add(history.stop);
}
