import "server-only";
import type { BetterAuthPlugin, GenericEndpointContext } from "better-auth";
import { APIError, createAuthMiddleware, isAPIError } from "better-auth/api";
import { z } from "zod";
import type { Database } from "@/db/client";
import { revokeSessions } from "@/db/queries/auth/people";
import { findSecondFactors, listPasskeys } from "@/db/queries/auth/second-factors";
import { recordChange, recordCode, recordFailure, recordSignIn } from "@/lib/auth/server/account-audit";
import {
  type Asker,
  appCodePath,
  askers,
  changes,
  codes,
  findAsker,
  ipOf,
  passkeyPath,
  passwordPath,
  removeAppPath,
  removePasskeyPath,
  withEmail,
} from "@/lib/auth/server/account-requests";
import { takeSignInAttempt } from "@/lib/auth/server/lockout";
import { findSecondFactorState, mustHaveSecondFactor } from "@/lib/auth/server/second-factor";

/** Paths requested before signing in, or to sign out. */
const forAnybody =
  /^\/(sign-in\/|sign-out$|callback\/|magic-link\/|request-password-reset$|reset-password$|error$|passkey\/generate-authenticate-options$)/;

/** Paths that set up a second factor. */
const setUpPaths: ReadonlySet<string> = new Set([
  "/two-factor/enable",
  "/passkey/generate-register-options",
  "/passkey/verify-registration",
]);

const tooLong = z.union([z.object({ email: z.string().min(255) }), z.object({ name: z.string().min(101) })]);
const withId = z.object({ id: z.string() });

/**
 * Adds to better-auth: lockout per address, for passwords and codes alike; limits for sessions without their second
 * factor; and the audit of all of it.
 */
export function accountRules(db: Database) {
  const before = createAuthMiddleware(async (context) => {
    const { path, body, headers, request } = context;
    if (tooLong.safeParse(body).success)
      throw new APIError("BAD_REQUEST", { message: "The address or the name is too long." });
    const credentials = withEmail.safeParse(body);
    if (path === passwordPath && credentials.success)
      await takeSignInAttempt(db, credentials.data.email, ipOf(headers));
    // Our own session look-ups have no request.
    if (!request || forAnybody.test(path)) return;

    const asker = await findAsker(context);
    if (!asker) return;
    askers.set(request, asker);
    if (codes[path]) {
      // Codes entered while an app is being set up prove nothing yet.
      if (asker.hasApp) await takeSignInAttempt(db, asker.email, ipOf(headers));
      if (path === appCodePath) await refuseUsedCode(context, asker);
    } else if (path !== passkeyPath) {
      await refuseUnconfirmed(db, path, asker);
      if (path === removePasskeyPath) asker.passkeyName = await findPasskeyName(db, asker, body);
    }
  });

  const after = createAuthMiddleware(async (context) => {
    const { path, request } = context;
    const { returned, newSession } = context.context;
    const asker = request && askers.get(request);
    if (isAPIError(returned) && returned.statusCode >= 400) {
      await recordFailure(db, context, asker);
      throw reworded(returned);
    }
    if (codes[path]) {
      if (!asker) return;
      if (path === appCodePath) await keepUsedCode(context, asker);
      await recordCode(db, context, asker);
    } else if (changes[path]) {
      if (asker) await recordChange(db, context, changes[path], asker);
    } else if (newSession) {
      await recordSignIn(db, context, newSession.user);
      // A passkey used within a session opens a new one, which replaces it.
      if (asker?.session) await revokeSessions(db, asker.userId, asker.session.id);
    }
  });

  const matcher = () => true;
  return {
    id: "account-rules",
    hooks: { before: [{ matcher, handler: before }], after: [{ matcher, handler: after }] },
  } satisfies BetterAuthPlugin;
}

/**
 * Rejects actions that a session without its second factor may not take, and the removal of the last factor where one
 * is required.
 * @throws APIError 403
 */
async function refuseUnconfirmed(db: Database, path: string, asker: Asker): Promise<void> {
  const { userId, role, session } = asker;
  const isConfirmed = session?.isConfirmed === true;
  const state = await findSecondFactorState(db, { userId, role, isConfirmed, hasApp: asker.hasApp });
  if (state === "confirm") throw refusal("Confirm your second factor first.");
  if (state === "set-up" && !setUpPaths.has(path)) throw refusal("Set up a second factor first.");
  if (path !== removeAppPath && path !== removePasskeyPath) return;
  const { hasApp, passkeys } = await findSecondFactors(db, userId);
  const left = path === removeAppPath ? passkeys : Number(hasApp) + passkeys - 1;
  if (left === 0 && (await mustHaveSecondFactor(db, role)))
    throw refusal("A second factor is required here. Add another before you remove this one.");
}

function refusal(message: string): APIError {
  return new APIError("FORBIDDEN", { code: "SECOND_FACTOR", message });
}

/** Longer than a code is valid: its own 30 s and the periods next to it. */
const usedCodeMs = 2 * 60_000;

const withCode = z.object({ code: z.string() });

function usedCode(body: unknown, { userId }: Asker): string {
  return `used-code-${userId}-${withCode.safeParse(body).data?.code}`;
}

/** A code is valid once (RFC 6238, 5.2), so one read over a shoulder is useless. */
async function refuseUsedCode({ body, context }: GenericEndpointContext, asker: Asker): Promise<void> {
  const used = await context.internalAdapter.findVerificationValue(usedCode(body, asker));
  if (!used || used.expiresAt <= new Date()) return;
  const message = "This code was already used. Enter the next one your app shows.";
  throw new APIError("UNAUTHORIZED", { code: "USED_CODE", message });
}

async function keepUsedCode({ body, context }: GenericEndpointContext, asker: Asker): Promise<void> {
  await context.internalAdapter.createVerificationValue({
    identifier: usedCode(body, asker),
    value: "used",
    expiresAt: new Date(Date.now() + usedCodeMs),
  });
}

async function findPasskeyName(db: Database, { userId }: Asker, body: unknown): Promise<string | null> {
  const removed = withId.safeParse(body).data?.id;
  return (await listPasskeys(db, userId)).find(({ id }) => id === removed)?.name ?? null;
}

/** Our wording of better-auth's errors that leave people without a next step. */
const errorMessages: Readonly<Record<string, string>> = {
  INVALID_CODE: "Wrong code. Enter the one your app shows now.",
  INVALID_BACKUP_CODE: "This recovery code is wrong or was already used.",
  INVALID_TWO_FACTOR_COOKIE: "The time to enter a code has run out. Sign in again.",
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: "Too many wrong codes. Sign in again.",
  ACCOUNT_TEMPORARILY_LOCKED: "Too many wrong codes. Try again in 15 min.",
  SESSION_NOT_FRESH: "Passkeys are added within a day of signing in. Sign out and in, and try again.",
  PASSKEY_NOT_FOUND: "Unknown passkey. Sign in another way.",
  CHALLENGE_NOT_FOUND: "That took too long. Try again.",
  AUTHENTICATION_FAILED: "This passkey was not accepted. Sign in another way.",
  PROVIDER_NOT_FOUND: "The identity provider is not responding. Try again, or sign in another way.",
};

function reworded(refused: APIError): APIError {
  const message = errorMessages[refused.body?.code ?? ""];
  if (message === undefined) return refused;
  return new APIError(refused.status, { ...refused.body, message }, refused.headers);
}
