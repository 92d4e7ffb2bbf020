import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Tally } from "./tally";

const reportSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
});

/** What Playwright's JSON reporter wrote. A test that passed only sometimes has failed. */
export function readPlaywrightReport(file: string): Tally {
  const { stats } = reportSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
}
