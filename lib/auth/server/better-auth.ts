import "server-only";
import type { GenericEndpointContext } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { APIError, createAuthMiddleware, isAPIError } from "better-auth/api";
import { betterAuth } from "better-auth/minimal";
import { nextCookies } from "better-auth/next-js";
import { admin, magicLink } from "better-auth/plugins";
import { adminAc, userAc } from "better-auth/plugins/admin/access";
import { after } from "next/server";
import { z } from "zod";
import { type Database, db } from "@/db/client";
import { recordAudit, recordStranger } from "@/db/queries/audit";
import { claimInvitation } from "@/db/queries/auth/invitations";
import { type Attempt, claimSignInAttempt, clearSignInAttempts } from "@/db/queries/auth/sign-in-attempts";
import { accounts, rateLimits, sessions, users, verifications } from "@/db/schema/auth";
import { cookiePrefix, passwordLength } from "@/lib/auth/schemas";
import { clientAddress, clientAddressHeader } from "@/lib/auth/server/client-address";
import { socialProviders, trustedOrigins, trustedProviders } from "@/lib/auth/server/providers";
import { hashSecret } from "@/lib/auth/server/secrets";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { sendMail } from "@/lib/mail/server/send-mail";

type Newcomer = { email: string; emailVerified: boolean };

/**
 * Lets in somebody new who comes from an identity provider: only with an open invitation for the very address the
 * provider has verified. The invitation is used up and its role given.
 * @throws APIError 403 `not_invited` or `email_not_verified`, which the sign-in page puts in words
 */
export async function admitInvited(db: Database, newcomer: Newcomer, context: GenericEndpointContext | null) {
  const provider = context?.params?.id;
  if (!newcomer.emailVerified && !trustedProviders().some((trusted) => trusted === provider)) {
    throw new APIError("FORBIDDEN", { code: "email_not_verified", message: "The address is not verified." });
  }
  const invitation = await claimInvitation(db, { email: newcomer.email });
  if (!invitation) {
    throw new APIError("FORBIDDEN", { code: "not_invited", message: "Nobody invited this address." });
  }
  await recordAudit(db, {
    actor: { kind: "system", name: provider ?? "identity provider" },
    action: "invitation.accepted",
    target: invitation.email,
    detail: { role: invitation.role },
    ip: context?.headers ? clientAddress(context.headers) : null,
  });
  return { data: { ...newcomer, emailVerified: true, role: invitation.role } };
}

/** Ten wrong passwords for one address, from wherever, close it for the rest of the quarter hour. */
const lockout = { maxAttempts: 10, windowMs: 15 * 60_000 };

/**
 * Takes one of an address's attempts before its password is looked at.
 * @throws APIError 429 with a sentence and `Retry-After`, for known and unknown addresses alike
 */
export async function takeSignInAttempt(db: Database, email: string, ip: string | null): Promise<void> {
  const attempt = await claimSignInAttempt(db, keyOf(email), lockout);
  if (attempt.allowed) return;
  if (attempt.first) {
    await recordStranger(db, { action: "sign-in.locked", target: email, ip });
  }
  throw refusal(attempt);
}

/** After a right password or a reset, an address starts afresh. */
export async function forgiveSignInAttempts(db: Database, email: string): Promise<void> {
  await clearSignInAttempts(db, keyOf(email));
}

function refusal({ retryAfterSeconds }: Extract<Attempt, { allowed: false }>): APIError {
  const minutes = Math.ceil(retryAfterSeconds / 60);
  const message = `Too many failed sign-ins for this address. Try again in ${minutes} min, or reset the password.`;
  return new APIError(
    "TOO_MANY_REQUESTS",
    { code: "LOCKED_OUT", message },
    { "Retry-After": String(retryAfterSeconds) },
  );
}

function keyOf(email: string): string {
  return hashSecret(email.trim().toLowerCase());
}

const passwordPath = "/sign-in/email";
/** What is no address cannot sign in, and may be a password in the wrong field: it is neither counted nor kept. */
const withEmail = z.object({ email: z.email().max(254) });
const tooLong = z.object({ email: z.string().min(255) });

/** What better-auth does not do by itself: lockout per address, and the audit of who came in and who did not. */
export function authHooks(db: Database) {
  const before = createAuthMiddleware(async ({ path, body, headers }) => {
    if (tooLong.safeParse(body).success)
      throw new APIError("BAD_REQUEST", { message: "The address is too long." });
    const credentials = withEmail.safeParse(body);
    if (path !== passwordPath || !credentials.success) return;
    await takeSignInAttempt(db, credentials.data.email, ipOf(headers));
  });

  const after = createAuthMiddleware(async ({ path, body, headers, context }) => {
    const ip = ipOf(headers);
    const credentials = withEmail.safeParse(body);
    if (path === passwordPath && isAPIError(context.returned) && credentials.success) {
      await recordStranger(db, { action: "sign-in.failed", target: credentials.data.email, ip });
      return;
    }
    const opened = context.newSession;
    if (!opened) return;
    const actor = { kind: "person", id: opened.user.id, name: opened.user.email } as const;
    if (path === "/change-password") {
      await recordAudit(db, { actor, action: "password.changed", ip });
      return;
    }
    if (path === passwordPath) await forgiveSignInAttempts(db, opened.user.email);
    await recordAudit(db, { actor, action: "sign-in", detail: { by: signInKind(path) }, ip });
  });

  return { before, after };
}

function signInKind(path: string): string {
  if (path === passwordPath) return "password";
  return path.startsWith("/magic-link") ? "link" : "identity provider";
}

function ipOf(headers: Headers | undefined): string | null {
  return headers ? clientAddress(headers) : null;
}

type Level = "info" | "warn" | "error" | "debug" | "success";

/** better-auth's errors as our log lines. Wrong passwords and the like are no errors: they are in the audit log. */
export function logAuth(level: Level, message: unknown, ...details: unknown[]): void {
  if (level !== "error") return;
  const cause = details.find((detail) => detail instanceof Error) ?? message;
  // What stands behind a colon is often the request's own: an origin, an address.
  const what = typeof message === "string" ? message.split(":")[0]?.slice(0, 200) : undefined;
  log("error", "better-auth failed", {
    message: what,
    ...(cause instanceof Error && { error: cause }),
  });
}

/** A password was reset by its owner's link: say so, and open the door a lockout may have closed. */
export async function recordPasswordReset(
  db: Database,
  user: { id: string; email: string },
  request: Request | undefined,
): Promise<void> {
  await forgiveSignInAttempts(db, user.email);
  await recordAudit(db, {
    actor: { kind: "person", id: user.id, name: user.email },
    action: "password.reset",
    ip: request ? clientAddress(request.headers) : null,
  });
}

/** Where the two kinds of one-time links go: to a mailbox, or back to whoever asked for one. */
export type LinkDelivery = {
  resetLink(to: { email: string; link: string }): Promise<void>;
  signInLink(to: { email: string; link: string }): Promise<void>;
  /**
   * Lets a delivery go on after the answer, so that the time an answer takes does not tell whether there was anything
   * to deliver. Without it, deliveries are waited for.
   */
  later?: (delivery: Promise<unknown>) => void;
};

/**
 * better-auth on our tables. Nobody signs up: people come by invitation (a password, or an identity provider that
 * vouches for the invited address). Sessions live a week from their last use and are looked up in the database each
 * time, so that ending one is felt at once.
 */
export function createAuth(db: Database, deliver: LinkDelivery) {
  return betterAuth({
    appName: "Earshot",
    baseURL: env.APP_URL,
    secret: env.BETTER_AUTH_SECRET,
    trustedOrigins: trustedOrigins(env.APP_URL),
    database: drizzleAdapter(db, { provider: "pg", schema: tables, transaction: true }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: ({ user, token }) =>
        deliver.resetLink({ email: user.email, link: `${env.APP_URL}/reset-password?token=${token}` }),
      onPasswordReset: ({ user }, request) => recordPasswordReset(db, user, request),
    },
    socialProviders: socialProviders(),
    account: { accountLinking: { trustedProviders: trustedProviders() }, encryptOAuthTokens: true },
    verification: { storeIdentifier: "hashed" },
    databaseHooks: { user: { create: { before: (user, context) => admitInvited(db, user, context) } } },
    hooks: authHooks(db),
    plugins: [
      admin({ roles: authRoles, defaultRole: "viewer", bannedUserMessage }),
      magicLink({
        disableSignUp: true,
        expiresIn: 60 * 60,
        sendMagicLink: ({ email, url }) => deliver.signInLink({ email, link: url }),
      }),
      nextCookies(),
    ],
    rateLimit: { enabled: true, storage: "database", customRules: rateLimits60s },
    // What is no refusal is thrown, so that an outage gets its sentence (app/api/auth/[...all]/route.ts).
    onAPIError: { errorURL: `${env.APP_URL}/sign-in`, throw: true },
    advanced: {
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
      cookiePrefix: cookiePrefix(env.APP_URL),
      ...(deliver.later && { backgroundTasks: { handler: deliver.later } }),
    },
    logger: { level: "error", log: logAuth },
    telemetry: { enabled: false },
  });
}

/**
 * Our roles in better-auth's terms. Its admin endpoints are not reachable (lib/auth/schemas.ts), what a role may do
 * is said in lib/auth/permissions.ts alone; this only names the roles that exist.
 */
const authRoles = { viewer: userAc, operator: userAc, admin: adminAc };

const tables = {
  user: users,
  session: sessions,
  account: accounts,
  verification: verifications,
  rateLimit: rateLimits,
};

const bannedUserMessage = "Your access was blocked. Ask an admin of this Earshot.";

/** Per address and minute; a whole team may sit behind one address. Other paths: 100 in 10 s, better-auth's own. */
const rateLimits60s = {
  "/sign-in/email": { window: 60, max: 20 },
  "/sign-in/social": { window: 60, max: 20 },
  "/request-password-reset": { window: 60, max: 5 },
  "/reset-password": { window: 60, max: 10 },
  "/change-password": { window: 60, max: 5 },
};

/**
 * Sends somebody the link that sets a new password. A mail that cannot be sent is a log line: whoever asked is told
 * the same in any case, and an admin can hand over a link.
 */
export async function mailResetLink({ email, link }: { email: string; link: string }): Promise<void> {
  const text = [
    "Somebody, probably you, asked for a new password for this address.",
    `Set it here within an hour: ${link}`,
    "If it was not you, nothing has to be done: the old password stays.",
  ].join("\n\n");
  try {
    await sendMail({ to: email, subject: "Set a new Earshot password", text });
  } catch (cause) {
    log("error", "a reset link could not be mailed", { error: cause });
  }
}

let auth: ReturnType<typeof createAuth> | undefined;

/** The one better-auth of this process; made on first use, because `next build` loads this without an environment. */
export function getAuth() {
  auth ??= createAuth(db, { resetLink: mailResetLink, signInLink: refuseSignInLink, later: after });
  return auth;
}

/** Sign-in links are made on the server's own shell only (lib/auth/server/links.ts). */
async function refuseSignInLink(): Promise<never> {
  throw new Error("Sign-in links are not sent to anybody.");
}
