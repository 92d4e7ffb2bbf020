import { createEnv } from "@t3-oss/env-nextjs";
import { describeIssues, environmentSchema } from "@/lib/env-schema";
import { lazily } from "@/lib/lazily";

/**
 * Everything Earshot reads from its environment, checked when it is first read, so that importing a module never needs an
 * environment. A server checks it at start (lib/start-server.ts); on Vercel the first read does, and prints what is wrong to
 * standard error, because log lines never quote an error. `next build` needs none: every page is rendered on request.
 *
 * @throws on each read while any setting is missing or wrong, with a sentence for each
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
