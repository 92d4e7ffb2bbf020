import { createEnv } from "@t3-oss/env-nextjs";
import { describeIssues, environmentSchema } from "@/lib/env-schema";
import { lazily } from "@/lib/lazily";

/**
 * The environment, validated on first read, so that importing a module never needs one. A server validates it at start
 * (lib/start-server.ts). On Vercel the first read does, and prints the problems to standard error, because log lines
 * never quote error messages. `next build` needs no environment: every page is rendered on request.
 *
 * @throws on each read while any setting is missing or invalid, with one sentence per setting
 */
export const env = lazily(() =>
  createEnv({
    server: environmentSchema.shape,
    createFinalSchema: () => environmentSchema,
    experimental__runtimeEnv: {},
    emptyStringAsUndefined: true,
    skipValidation: process.env.NEXT_PHASE === "phase-production-build",
    onValidationError: (issues) => {
      const sentences = describeIssues(issues);
      if (process.env.VERCEL) process.stderr.write(`${sentences}\n`);
      throw new Error(sentences);
    },
  }),
);
