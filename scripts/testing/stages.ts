import { readPlaywrightReport } from "./read-playwright-report";
import { readVitestReport } from "./read-vitest-report";
import type { Tally } from "./tally";

export type Stage = {
  name: string;
  /** Commands to run one after another; each but the last only prepares. */
  commands: string[][];
  /** Where the tests are counted; a stage without a report counts as one check. */
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

/** Everything that must hold, quickest first. */
export const stages: Stage[] = [
  { name: "lint", commands: [["biome", "check", "--error-on-warnings"]] },
  {
    name: "types",
    commands: [
      ["next", "typegen"],
      ["tsc", "--noEmit"],
    ],
  },
  vitest("unit"),
  vitest("integration"),
  {
    name: "e2e",
    commands: [["playwright", "test"]],
    report: { file: "test-results/e2e.json", read: readPlaywrightReport },
  },
];
