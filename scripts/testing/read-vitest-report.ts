import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Tally } from "./tally";

const reportSchema = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });

/** What Vitest's JSON reporter wrote. */
export function readVitestReport(file: string): Tally {
  const report = reportSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  return { passed: report.numPassedTests, failed: report.numFailedTests };
}
