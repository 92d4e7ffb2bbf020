import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { spawnGuarded } from "../local/guard/spawn-guarded";
import { projectFolder } from "../local/project-folder";
import type { Parts } from "../local/stack/create-parts";
import type { Stage } from "./stages";
import type { Tally } from "./tally";

/**
 * Runs one stage. One that fails as a whole (it crashed, found no test, or left an error behind) has at least one
 * failure, whatever its report says.
 */
export async function runStage({ name, commands, report }: Stage, parts: Parts): Promise<Tally> {
  console.log(`\n── ${name} ${"─".repeat(Math.max(0, 76 - name.length))}`);
  if (report) rmSync(join(projectFolder, report.file), { force: true });
  const isOk = await runAll(commands, parts);
  const { passed, failed } = report ? readReport(report) : { passed: Number(isOk), failed: 0 };
  const isSilentFailure = failed === 0 && (!isOk || passed === 0);
  return { passed, failed: isSilentFailure ? 1 : failed };
}

function readReport({ file, read }: NonNullable<Stage["report"]>): Tally {
  const path = join(projectFolder, file);
  return existsSync(path) ? read(path) : { passed: 0, failed: 0 };
}

async function runAll(commands: string[][], parts: Parts): Promise<boolean> {
  for (const [program = "", ...args] of commands) {
    const running = await spawnGuarded(join(projectFolder, "node_modules", ".bin", program), args, {
      cwd: projectFolder,
      stdio: ["ignore", "inherit", "inherit"],
      stopSignal: "SIGTERM",
      group: true,
    });
    parts.add(running.stop);
    if ((await running.exited) !== 0) return false;
  }
  return true;
}
