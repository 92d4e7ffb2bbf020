// @ts-check
import { z } from "zod";

/** The area to mutate and its tests, as passed by scripts/mutate.ts. */
const area = z
  .object({ name: z.string(), mutate: z.array(z.string()), isStatic: z.boolean() })
  .parse(JSON.parse(process.env.MUTATION_AREA ?? "{}"));

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  testRunner: "vitest",
  vitest: { configFile: "vitest.mutate.config.ts" },
  mutate: area.mutate,
  // Strings are read by people; a test of each would only repeat them.
  mutator: { excludedMutations: ["StringLiteral"] },
  coverageAnalysis: "perTest",
  ignoreStatic: !area.isStatic,
  // Stryker cannot read it with TypeScript 7, and none of its paths point outside the project.
  tsconfigFile: "none",
  disableTypeChecks: false,
  concurrency: 2,
  timeoutMS: 30_000,
  dryRunTimeoutMinutes: 20,
  tempDirName: ".local/mutation/sandbox",
  incremental: true,
  incrementalFile: `.local/mutation/${area.name}-known.json`,
  reporters: ["progress", "clear-text", "json"],
  jsonReporter: { fileName: `.local/mutation/${area.name}.json` },
  clearTextReporter: { reportTests: false },
  ignorePatterns: [".local", ".next", "test-results", "public"],
};
