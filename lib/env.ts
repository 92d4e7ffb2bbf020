import { createEnv } from "@t3-oss/env-nextjs";
import { z } from "zod";

const port = z.coerce.number().int().min(1).max(65_535);
const flag = z.stringbool();
const commaList = z
  .string()
  .default("")
  .transform((list) =>
    list
      .split(",")
      .map((entry) => entry.trim())
      .filter(Boolean),
  );

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
    VAPI_WEBHOOK_SECRET: commaList,
    FALLBACK_ASSISTANT_ID: z.string().min(1).optional(),
    /** Vapi's private API key: without it nobody can be asked what became of a call that fell silent. */
    VAPI_API_KEY: z.string().min(1).optional(),
    VAPI_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),

    /** Hosts beside *.vapi.ai that recordings may be fetched from: where Vapi's signed links lead, or a bucket of one's own. */
    RECORDING_HOSTS: commaList,
    /** Storage that speaks S3's language, for copies of recordings. Without bucket, key and secret none are kept. */
    RECORDINGS_S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
    RECORDINGS_S3_BUCKET: z.string().min(1).optional(),
    RECORDINGS_S3_REGION: z.string().min(1).default("us-east-1"),
    RECORDINGS_S3_KEY: z.string().min(1).optional(),
    RECORDINGS_S3_SECRET: z.string().min(1).optional(),
    /** Set by the local scripts: where a POST lets a simulated caller ring. */
    SIMULATOR_URL: z.url({ protocol: /^http$/ }).optional(),

    /** Who is told, signed, when Vapi asks for a call to be hung up or forwarded (`phone-call-control`). */
    PHONE_CONTROL_URL: z.url({ protocol: /^https?$/ }).optional(),
    /** The key it is signed with (Standard Webhooks, base64). Without it nothing is passed on. */
    PHONE_CONTROL_SECRET: z
      .string()
      .regex(
        /^(?:whsec_)?[A-Za-z0-9+/]{32,}={0,2}$/,
        "PHONE_CONTROL_SECRET must be base64 of 24 bytes or more.",
      )
      .optional(),
    /** What Vercel's cron, or another clock, sends to /api/cron/tick. Without it that route lets nobody in. */
    CRON_SECRET: z.string().min(16, "CRON_SECRET must have at least 16 characters.").optional(),
    /** For Slack channels that have no URL of their own. */
    SLACK_WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),

    /** Where people reach Earshot, without a path. Cookies are Secure when it is https. */
    APP_URL: z
      .url({
        protocol: /^https?$/,
        error: "APP_URL must be the address people open, like https://earshot.example.com.",
      })
      .transform((url) => new URL(url).origin),
    BETTER_AUTH_SECRET: z
      .string({
        error: "BETTER_AUTH_SECRET is missing: set 32 or more random characters (openssl rand -base64 32).",
      })
      .min(32, "BETTER_AUTH_SECRET must have at least 32 characters (openssl rand -base64 32)."),
    /** Opens /welcome for the first operator; without it a token is derived and printed at start. */
    SETUP_TOKEN: z.string().min(16, "SETUP_TOKEN must have at least 16 characters.").optional(),
    /** Comma-separated addresses or CIDR ranges of the proxies whose X-Forwarded-For is believed; from anybody else it is ignored. */
    TRUSTED_PROXIES: commaList,
    /** Hosts, with a port or without, that we may fetch from though they are private or speak plain HTTP. */
    OUTGOING_ALLOWED_HOSTS: commaList,
    SMTP_URL: z
      .url({ protocol: /^smtps?$/, error: "SMTP_URL must be a smtp:// or smtps:// URL." })
      .optional(),
    /** The sender of mails; without it earshot@ the host of APP_URL. */
    MAIL_FROM: z.string().min(3).optional(),
    GOOGLE_CLIENT_ID: z.string().min(1).optional(),
    GOOGLE_CLIENT_SECRET: z.string().min(1).optional(),
    GITHUB_CLIENT_ID: z.string().min(1).optional(),
    GITHUB_CLIENT_SECRET: z.string().min(1).optional(),
    MICROSOFT_CLIENT_ID: z.string().min(1).optional(),
    MICROSOFT_CLIENT_SECRET: z.string().min(1).optional(),
    /** Whose Microsoft accounts may sign in: a tenant id, or "common". */
    MICROSOFT_TENANT_ID: z.string().min(1).default("common"),
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
