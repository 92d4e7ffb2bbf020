import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { spawnGuarded } from "../local/guard/spawn-guarded";
import { projectFolder } from "../local/project-folder";
import type { Parts } from "../local/stack/create-parts";

const reportSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
});

/** Reads Playwright's JSON report. A flaky test counts as failed. */
function readPlaywrightReport(file: string): Tally {
  const { stats } = reportSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
}

const vitestReportSchema = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });

/** Reads Vitest's JSON report. */
function readVitestReport(file: string): Tally {
  const report = vitestReportSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  return { passed: report.numPassedTests, failed: report.numFailedTests };
}

type Stage = {
  name: string;
  /** Commands to run one after another; all but the last only prepare. */
  commands: string[][];
  /** The report with the test counts; a stage without one counts as one check. */
  report?: { file: string; read: (file: string) => Tally };
};

function vitest(name: string): Stage {
  const file = `test-results/${name}.json`;
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  return {
    name,
    commands: [["vitest", "run", "--project", name, ...reporters]],
    report: { file, read: readVitestReport },
  };
}

function playwright(name: string, projects: string[]): Stage {
  return {
    name,
    commands: [["playwright", "test", ...projects.map((project) => `--project=${project}`)]],
    report: { file: "test-results/e2e.json", read: readPlaywrightReport },
  };
}

/** All checks, quickest first. */
export const stages: Stage[] = [
  { name: "lint", commands: [["biome", "check", "--error-on-warnings"]] },
  { name: "shape", commands: [["tsx", "scripts/shape.ts"]] },
  {
    name: "types",
    commands: [
      ["next", "typegen"],
      ["tsc", "--noEmit"],
    ],
  },
  vitest("unit"),
  vitest("integration"),
  playwright("scripts", ["scripts"]),
  playwright("e2e", ["desktop", "phone"]),
];

/**
 * Runs one stage. A stage that fails as a whole (it crashed, found no test or left an error behind) has at least one
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

/** Number of tests, or of checks that count as one, that passed or failed. */
export type Tally = { passed: number; failed: number };
