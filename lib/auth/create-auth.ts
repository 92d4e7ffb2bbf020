import "server-only";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { betterAuth } from "better-auth/minimal";
import { nextCookies } from "better-auth/next-js";
import { admin, magicLink } from "better-auth/plugins";
import type { Database } from "@/db/client";
import { accounts, rateLimits, sessions, users, verifications } from "@/db/schema/auth";
import { admitInvited } from "@/lib/auth/admit-invited";
import { authHooks } from "@/lib/auth/auth-hooks";
import { authRoles } from "@/lib/auth/auth-roles";
import { clientAddressHeader } from "@/lib/auth/client-address";
import { logAuth } from "@/lib/auth/log-auth";
import { logAuthError } from "@/lib/auth/log-auth-error";
import { passwordLength } from "@/lib/auth/password";
import { cookiePrefix } from "@/lib/auth/paths";
import { recordPasswordReset } from "@/lib/auth/record-password-reset";
import { socialProviders, trustedProviders } from "@/lib/auth/social-providers";
import { trustedOrigins } from "@/lib/auth/trusted-origins";
import { env } from "@/lib/env";

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
    onAPIError: { errorURL: `${env.APP_URL}/sign-in`, onError: logAuthError },
    advanced: {
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
      cookiePrefix: cookiePrefix(env.APP_URL),
      ...(deliver.later && { backgroundTasks: { handler: deliver.later } }),
    },
    logger: { level: "error", log: logAuth },
    telemetry: { enabled: false },
  });
}

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
