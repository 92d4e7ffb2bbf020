import { createEnv } from "@t3-oss/env-nextjs";
import { describeIssues, environmentSchema } from "@/lib/env-schema";

/**
 * Everything Earshot reads from its environment, checked once at start.
 * `next build` needs none of it: every page is rendered on request.
 *
 * @throws when imported with settings that are missing or wrong, with a sentence for each
 */
export const env = createEnv({
  server: environmentSchema.shape,
  createFinalSchema: () => environmentSchema,
  experimental__runtimeEnv: {},
  emptyStringAsUndefined: true,
  skipValidation: process.env.NEXT_PHASE === "phase-production-build",
  onValidationError: (issues) => {
    throw new Error(describeIssues(issues));
  },
});
