import "server-only";
import { type PasskeyOptions, passkey } from "@better-auth/passkey";
import type { BetterAuthOptions } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { APIError } from "better-auth/api";
import { betterAuth } from "better-auth/minimal";
import { nextCookies } from "better-auth/next-js";
import { admin, magicLink, twoFactor } from "better-auth/plugins";
import { adminAc, userAc } from "better-auth/plugins/admin/access";
import { after } from "next/server";
import { type Database, db } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { accounts, passkeys, rateLimits, sessions, twoFactors, users, verifications } from "@/db/schema/auth";
import { withDeadline } from "@/lib/async";
import { cookiePrefix, passwordLength } from "@/lib/auth/schemas";
import { startWithSecondFactor } from "@/lib/auth/server/account-requests";
import { accountRules } from "@/lib/auth/server/account-rules";
import { clientAddress, clientAddressHeader } from "@/lib/auth/server/client-address";
import { forgiveSignInAttempts } from "@/lib/auth/server/lockout";
import { admitNewcomer, withOpenTransaction } from "@/lib/auth/server/newcomers";
import { checkOidcClaims, oidcPlugin } from "@/lib/auth/server/oidc";
import { forgetTokens, socialProviders, trustedOrigins, trustedProviders } from "@/lib/auth/server/providers";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { sendMail } from "@/lib/mail/server/send-mail";

type Level = "info" | "warn" | "error" | "debug" | "success";

/** Logs better-auth's errors. Wrong passwords and the like are not errors: they are in the audit log. */
function logAuth(level: Level, message: unknown, ...details: unknown[]): void {
  if (level !== "error") return;
  const cause = details.find((detail) => detail instanceof Error) ?? message;
  // The text behind a colon often comes from the request: an origin, an address.
  const what = typeof message === "string" ? message.split(":")[0]?.slice(0, 200) : undefined;
  log("error", "better-auth failed", {
    message: what,
    ...(cause instanceof Error && { error: cause }),
  });
}

/** Records a password reset by link, and ends a lockout. */
async function recordPasswordReset(
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

/** Delivers the two kinds of one-time links: to a mailbox, or back to the code that asked for one. */
type LinkDelivery = {
  resetLink(to: { email: string; link: string }): Promise<void>;
  signInLink(to: { email: string; link: string }): Promise<void>;
  /**
   * Continues a delivery after the answer, so that the response time does not reveal whether there was anything to
   * deliver. Without it, deliveries are awaited.
   */
  later?: (delivery: Promise<unknown>) => void;
};

/**
 * better-auth on our tables. There is no sign-up: people come by invitation (with a password, or an identity provider
 * that vouches for the invited address) or with a role that their OpenID Connect provider claims. Sessions last a week
 * from their last use and are looked up in the database each time, so that ending one takes effect at once.
 */
export function createAuth(db: Database, deliver: LinkDelivery) {
  return betterAuth(authOptions(db, deliver));
}

/**
 * The same with the OpenID Connect provider. Used for its two paths only, because creating it sends a request to the
 * provider, and nothing else may wait for that.
 */
function createOidcAuth(db: Database, deliver: LinkDelivery) {
  const options = authOptions(db, deliver);
  return betterAuth({ ...options, plugins: [oidcPlugin(), ...options.plugins] });
}

function authOptions(db: Database, deliver: LinkDelivery) {
  return {
    appName: "Earshot",
    baseURL: env.APP_URL,
    secret: env.BETTER_AUTH_SECRET,
    trustedOrigins: trustedOrigins(env.APP_URL),
    database: drizzleAdapter(withOpenTransaction(db), { provider: "pg", schema: tables, transaction: true }),
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
    account: { accountLinking: { trustedProviders: trustedProviders() }, updateAccountOnSignIn: false },
    verification: { storeIdentifier: "hashed" },
    session: { additionalFields: { secondFactor: { type: "boolean", defaultValue: false, input: false } } },
    user: { validateUserInfo: checkOidcClaims(db) },
    databaseHooks: {
      user: { create: { before: (user, context) => admitNewcomer(db, user, context) } },
      account: { create: { before: forgetTokens } },
      session: { create: { before: async (_, context) => startWithSecondFactor(context) } },
    },
    plugins: [
      admin({ roles: authRoles, defaultRole: "viewer", bannedUserMessage }),
      magicLink({
        disableSignUp: true,
        expiresIn: 60 * 60,
        sendMagicLink: ({ email, url }) => deliver.signInLink({ email, link: url }),
      }),
      twoFactor({ issuer: appNameFor(env.APP_URL), allowPasswordless: true }),
      passkey(passkeyOptions()),
      // After two-factor, whose hook withdraws the session of a password that is not sufficient.
      accountRules(db),
      nextCookies(),
    ],
    rateLimit: { enabled: true, storage: "database", customRules: rateLimits60s },
    // Errors other than refusals are thrown, so that an outage gets its own message (app/api/auth/[...all]/route.ts).
    onAPIError: { errorURL: `${env.APP_URL}/sign-in`, throw: true },
    advanced: {
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
      cookiePrefix: cookiePrefix(env.APP_URL),
      // better-auth skips the check under tests unless this is set.
      disableOriginCheck: false,
      ...(deliver.later && { backgroundTasks: { handler: deliver.later } }),
    },
    logger: { level: "error", log: logAuth },
    telemetry: { enabled: false },
  } satisfies BetterAuthOptions;
}

/**
 * Passkeys are bound to the host of APP_URL and accepted from its origin only. The device has to verify its owner by a
 * PIN or biometrics, which is what makes a passkey two factors.
 */
function passkeyOptions(): PasskeyOptions {
  return {
    rpID: new URL(env.APP_URL).hostname,
    rpName: "Earshot",
    origin: trustedOrigins(env.APP_URL),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    registration: {
      afterVerification: ({ verification }) => {
        requireUserVerified(verification.registrationInfo?.userVerified);
      },
    },
    authentication: {
      afterVerification: ({ verification }) => {
        requireUserVerified(verification.authenticationInfo.userVerified);
      },
    },
    advanced: { webAuthnChallengeCookie: "passkey" },
  };
}

function requireUserVerified(userVerified: boolean | undefined): void {
  if (userVerified) return;
  const message = "This passkey did not verify you. Use one with a PIN, a fingerprint or a face.";
  throw new APIError("FORBIDDEN", { code: "USER_NOT_VERIFIED", message });
}

/** Name of the account in an authenticator app, with the host because a person may use two Earshots. */
function appNameFor(appUrl: string): string {
  return `Earshot (${new URL(appUrl).host})`;
}

/**
 * Our roles in better-auth's terms. Its admin endpoints are not reachable (lib/auth/schemas.ts), and permissions are
 * defined in lib/auth/permissions.ts alone; this only names the existing roles.
 */
const authRoles = { viewer: userAc, operator: userAc, admin: adminAc };

const tables = {
  user: users,
  session: sessions,
  account: accounts,
  verification: verifications,
  rateLimit: rateLimits,
  twoFactor: twoFactors,
  passkey: passkeys,
};

const bannedUserMessage = "Your access was blocked. Ask an admin.";

/** Per client address and minute; a whole team may share one. Other paths: 100 in 10 s, better-auth's default. */
const rateLimits60s = {
  "/sign-in/email": { window: 60, max: 20 },
  "/sign-in/social": { window: 60, max: 20 },
  "/request-password-reset": { window: 60, max: 5 },
  "/reset-password": { window: 60, max: 10 },
  "/change-password": { window: 60, max: 5 },
  "/two-factor/enable": { window: 60, max: 20 },
  "/two-factor/disable": { window: 60, max: 5 },
  "/two-factor/generate-backup-codes": { window: 60, max: 5 },
  "/two-factor/verify-totp": { window: 60, max: 20 },
  "/two-factor/verify-backup-code": { window: 60, max: 20 },
  "/passkey/generate-authenticate-options": { window: 60, max: 20 },
  "/passkey/verify-authentication": { window: 60, max: 20 },
};

/**
 * Mails the link that sets a new password. A failure is only logged: the requester gets the same answer in any case,
 * and an admin can hand over a link.
 */
async function mailResetLink({ email, link }: { email: string; link: string }): Promise<void> {
  const text = [
    "We received a request to reset the password for this address.",
    `Set a new password within an hour: ${link}`,
    "If this was not you, ignore this e-mail. Your password stays the same.",
  ].join("\n\n");
  try {
    await sendMail({ to: email, subject: "Set a new Earshot password", text });
  } catch (cause) {
    log("error", "a reset link could not be mailed", { error: cause });
  }
}

let auth: ReturnType<typeof createAuth> | undefined;
let oidcAuth: ReturnType<typeof createOidcAuth> | undefined;

/** better-auth of this process; created on first use, because `next build` loads this without an environment. */
export function getAuth() {
  auth ??= createAuth(db, ownDelivery);
  return auth;
}

/** Long enough for a distant provider, short enough for a person who waits. */
const discoveryMs = 5_000;

/**
 * The instance with the OpenID Connect provider, once it has read the provider's discovery document.
 * @throws when the provider does not answer in time; the next call tries again
 */
export async function getOidcAuth() {
  const asked = oidcAuth ?? createOidcAuth(db, ownDelivery);
  oidcAuth = asked;
  try {
    await withDeadline(asked.$context, discoveryMs);
  } catch (cause) {
    if (oidcAuth === asked) oidcAuth = undefined;
    throw cause;
  }
  return asked;
}

const ownDelivery: LinkDelivery = { resetLink: mailResetLink, signInLink: refuseSignInLink, later: after };

/** Sign-in links are made in the server's own shell only (lib/auth/server/links.ts). */
async function refuseSignInLink(): Promise<never> {
  throw new Error("Sign-in links are never e-mailed.");
}
