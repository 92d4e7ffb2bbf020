import { isIP } from "node:net";
import * as z from "zod";
import { type Role, roleSchema } from "@/lib/auth/roles";

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

const notPostgres =
  "is not a postgres:// URL. Write special characters of the password as %23, %25, %40 and so on.";

/** The driver decodes the parts of a URL and fails on a % that starts no escape. */
function hasWholeEscapes(url: string): boolean {
  try {
    decodeURIComponent(url);
    return true;
  } catch {
    return false;
  }
}

const postgresUrl = z
  .url({
    protocol: /^postgres(ql)?$/,
    error: ({ input }) =>
      input === undefined
        ? "is missing: set the address of a PostgreSQL database, like postgres://user:password@host:5432/earshot."
        : notPostgres,
  })
  .refine(hasWholeEscapes, notPostgres);

const isRange = (range: string) => {
  const [address = "", bits, ...rest] = range.split("/");
  const most = isIP(address) === 6 ? 128 : 32;
  const isPrefix = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
  return isIP(address) !== 0 && isPrefix && rest.length === 0;
};

const addressRanges = commaList.refine((ranges) => ranges.every(isRange), {
  error: "must list addresses or CIDR ranges, like 10.0.0.0/8,::1.",
});

/** `earshot-admins=admin,support=operator`: maps a provider's values to Earshot's roles. By default the values are role names. */
const roleMap = commaList.transform((entries, context): ReadonlyMap<string, Role> => {
  const pairs = entries.map((entry): [string, Role] | null => {
    const at = entry.lastIndexOf("=");
    const role = roleSchema.safeParse(entry.slice(at + 1).trim());
    return at > 0 && role.success ? [entry.slice(0, at).trim(), role.data] : null;
  });
  const known = pairs.filter((pair) => pair !== null);
  if (known.length < pairs.length) {
    context.addIssue("must list values and roles, like support=operator,team-leads=admin.");
    return z.NEVER;
  }
  return new Map(known.length > 0 ? known : roleSchema.options.map((role) => [role, role]));
});

const isHttpsOrLoopback = (url: string) =>
  url.startsWith("https:") || ["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname);

/** Every variable Earshot reads, by name. */
const variables = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  DATABASE_URL: postgresUrl,
  /** A replica for reports and analytics. */
  DATABASE_READ_URL: postgresUrl.optional(),
  /** Maximum connections of this process. Keep it low on serverless, where every instance opens its own. */
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
  /** Where this server publishes, if it reaches the realtime server at a different address than browsers do. */
  PUSHER_API_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => new URL(url))
    .optional(),
  /** Comma-separated, so a secret can be rotated without a gap. */
  VAPI_WEBHOOK_SECRET: commaList,
  FALLBACK_ASSISTANT_ID: z.string().min(1).optional(),
  /** Vapi's private API key. Without it, Earshot cannot ask Vapi about calls whose events stop. */
  VAPI_API_KEY: z.string().min(1).optional(),
  VAPI_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Vapi's public API key, sent to live calls whose listen and control URLs require authentication. */
  VAPI_PUBLIC_KEY: z.string().min(1).optional(),
  /** Duration of one stream of live audio. Must stay below the host's request limit (300 s: `maxDuration` of the route). */
  LISTEN_STREAM_SECONDS: z.coerce.number().int().min(1).max(3_600).default(280),

  /** Hosts besides *.vapi.ai that recordings may be fetched from: targets of Vapi's signed links, or your own bucket. */
  RECORDING_HOSTS: commaList,
  /** S3-compatible storage for copies of recordings. Without bucket, key and secret, no copies are kept. */
  RECORDINGS_S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  RECORDINGS_S3_BUCKET: z.string().min(1).optional(),
  RECORDINGS_S3_REGION: z.string().min(1).default("us-east-1"),
  RECORDINGS_S3_KEY: z.string().min(1).optional(),
  RECORDINGS_S3_SECRET: z.string().min(1).optional(),
  /** Set by the local scripts: a POST to it starts a simulated call. */
  SIMULATOR_URL: z.url({ protocol: /^http$/ }).optional(),

  /** Receives a signed request when Vapi asks to hang up or forward a call (`phone-call-control`). */
  PHONE_CONTROL_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Signing key for those requests (Standard Webhooks, base64). Without it, none are sent. */
  PHONE_CONTROL_SECRET: z
    .string()
    .regex(/^(?:whsec_)?[A-Za-z0-9+/]{32,}={0,2}$/, "must be base64 of 24 bytes or more.")
    .optional(),
  /** Sent by Vercel's cron, or another scheduler, to /api/cron/tick. Without it that route rejects every request. */
  CRON_SECRET: z.string().min(16, "must have at least 16 characters.").optional(),
  /** Used by Slack channels without a URL of their own. */
  SLACK_WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Accounts in the EU: https://events.eu.pagerduty.com/v2/enqueue */
  PAGERDUTY_EVENTS_URL: z.url({ protocol: /^https?$/ }).default("https://events.pagerduty.com/v2/enqueue"),
  /** GovSlack: https://slack-gov.com/api/ */
  SLACK_API_URL: z.url({ protocol: /^https?$/ }).default("https://slack.com/api/"),

  /** Origin where people open Earshot, without a path. Cookies are Secure if it is https. */
  APP_URL: z
    .url({
      protocol: /^https?$/,
      error: "must be the address people open, like https://earshot.example.com.",
    })
    .refine((url) => URL.canParse(url) && url.replace(/\/$/, "") === new URL(url).origin, {
      error: "must have no path, query or user: only the origin, like https://earshot.example.com.",
    })
    .transform((url) => new URL(url).origin),
  BETTER_AUTH_SECRET: z
    .string({
      error: "is missing: set 32 or more random characters (openssl rand -base64 32).",
    })
    .min(32, "must have at least 32 characters (openssl rand -base64 32)."),
  /** Opens /welcome for the first admin; if unset, `npm start` derives one. */
  SETUP_TOKEN: z.string().min(16, "must have at least 16 characters.").optional(),
  /** Addresses or CIDR ranges of the proxies whose X-Forwarded-For is trusted; from other peers the header is ignored. */
  TRUSTED_PROXIES: addressRanges,
  /** Hosts, with or without a port, that Earshot may fetch from even if they are private or use plain HTTP. */
  OUTGOING_ALLOWED_HOSTS: commaList,
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must be a smtp:// or smtps:// URL." }).optional(),
  /** Sender of e-mails; defaults to earshot@ the host of APP_URL. */
  MAIL_FROM: z.string().min(3).optional(),
  GOOGLE_CLIENT_ID: z.string().min(1).optional(),
  GOOGLE_CLIENT_SECRET: z.string().min(1).optional(),
  GITHUB_CLIENT_ID: z.string().min(1).optional(),
  GITHUB_CLIENT_SECRET: z.string().min(1).optional(),
  MICROSOFT_CLIENT_ID: z.string().min(1).optional(),
  MICROSOFT_CLIENT_SECRET: z.string().min(1).optional(),
  /** Microsoft accounts that may sign in: a tenant id, or "common". */
  MICROSOFT_TENANT_ID: z.string().min(1).default("common"),
  /** An OpenID Connect provider, located by the discovery document below this URL. */
  OIDC_ISSUER_URL: z
    .url({ protocol: /^https?$/, error: "must be the provider's issuer URL, like https://id.example.com." })
    .refine((url) => !URL.canParse(url) || isHttpsOrLoopback(url), { error: "must be an https:// URL." })
    .transform((url) => url.replace(/\/$/, ""))
    .optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  /** Label of its button after "Continue with". */
  OIDC_NAME: z.string().trim().min(1).max(60).default("single sign-on"),
  OIDC_SCOPES: z.string().trim().min(1).default("openid email profile"),
  /** Claim that holds the role. Without it, people join by invitation, as with every other provider. */
  OIDC_ROLE_CLAIM: z.string().min(1).optional(),
  OIDC_ROLE_MAP: roleMap,
  /** Role for people whose claim has no value in OIDC_ROLE_MAP; without it they cannot sign in. */
  OIDC_DEFAULT_ROLE: roleSchema.optional(),
});

/** The whole environment: each variable, plus the rules across variables. */
export const environmentSchema = variables
  .refine(({ PUSHER_CLUSTER, PUSHER_HOST }) => PUSHER_CLUSTER || PUSHER_HOST, {
    path: ["PUSHER_CLUSTER"],
    error: "is missing: set the cluster of your Pusher app, or PUSHER_HOST for a compatible server.",
    // Also runs when single variables are invalid, so that all errors are reported at once.
    when: () => true,
  })
  .refine(
    ({ OIDC_ISSUER_URL, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET }) =>
      new Set([OIDC_ISSUER_URL, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET].map((value) => value === undefined))
        .size === 1,
    {
      path: ["OIDC_ISSUER_URL"],
      error: "must be set together with OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, or not at all.",
      when: () => true,
    },
  );

export const environmentVariables = Object.keys(variables.shape);

/**
 * Returns why Earshot cannot start with these variables, one problem per line, or null. Names variables but never
 * quotes their values, which may hold passwords.
 */
export function describeEnvironmentProblems(environment: Record<string, string | undefined>): string | null {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const { error } = environmentSchema.safeParse(given);
  return error ? describeIssues(error.issues) : null;
}

type Issue = { message: string; path?: readonly unknown[] | undefined };

/** Returns one sentence per variable, for the person who sets it. */
export function describeIssues(issues: readonly Issue[]): string {
  const lines = issues.map(
    ({ path, message }) => `  ${path?.map(String).join(".") || "environment"} ${toSentence(message)}`,
  );
  return `Earshot cannot start with these settings:\n${lines.join("\n")}\nSee .env.example.`;
}

/** For a missing variable, Zod's message is "Invalid input: expected string, received undefined". */
function toSentence(message: string): string {
  if (message.endsWith("received undefined")) return "is missing.";
  return /^(is|must) /.test(message) ? message : `is not valid: ${message}.`;
}
