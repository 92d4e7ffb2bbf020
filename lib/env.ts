import { createEnv } from "@t3-oss/env-nextjs";
import { z } from "zod";

const port = z.coerce.number().int().min(1).max(65_535);
const flag = z.stringbool();

/**
 * Everything Earshot reads from its environment, checked once at start.
 * `next build` needs none of it: every page is rendered on request.
 */
export const env = createEnv({
  server: {
    NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "DATABASE_URL must be a postgres:// URL." }),
    /** Connections this process may open. Serverless wants few: the pooler multiplies them. */
    DATABASE_POOL_MAX: z.coerce.number().int().min(1).max(100).default(10),
    /** Set by Vercel; there the pool sits behind a transaction-mode pooler. */
    VERCEL: z.string().optional(),
    PUSHER_APP_ID: z.string().min(1),
    PUSHER_KEY: z.string().min(1),
    PUSHER_SECRET: z.string().min(1),
    PUSHER_CLUSTER: z.string().min(1).optional(),
    PUSHER_HOST: z.string().min(1).optional(),
    PUSHER_PORT: port.optional(),
    PUSHER_USE_TLS: flag.default(true),
    /** Comma-separated, so that rotating a secret has no gap. */
    VAPI_WEBHOOK_SECRET: z
      .string()
      .default("")
      .transform((list) =>
        list
          .split(",")
          .map((secret) => secret.trim())
          .filter(Boolean),
      ),
    FALLBACK_ASSISTANT_ID: z.string().min(1).optional(),
  },
  experimental__runtimeEnv: {},
  emptyStringAsUndefined: true,
  skipValidation: process.env.NEXT_PHASE === "phase-production-build",
  onValidationError: (issues) => {
    const lines = issues.map((issue) => `  ${issue.path?.join(".") ?? "environment"}: ${issue.message}`);
    throw new Error(
      `Earshot cannot start, its environment is incomplete:\n${lines.join("\n")}\nSee .env.example.`,
    );
  },
});
