import "server-only";
import type { BetterAuthPlugin, GenericEndpointContext } from "better-auth";
import { APIError, createAuthMiddleware, getSessionFromCtx, isAPIError } from "better-auth/api";
import { z } from "zod";
import type { Database } from "@/db/client";
import { recordAudit, recordStranger } from "@/db/queries/audit";
import { revokeSessions } from "@/db/queries/auth/people";
import {
  confirmSession,
  endUnconfirmedSessions,
  findSecondFactors,
  forgetConfirmations,
  listPasskeys,
} from "@/db/queries/auth/second-factors";
import type { AuditAction } from "@/lib/audit/audit";
import { type Role, roleSchema } from "@/lib/auth/roles";
import { clientAddress } from "@/lib/auth/server/client-address";
import { forgiveSignInAttempts, takeSignInAttempt } from "@/lib/auth/server/lockout";
import { findSecondFactorState, mustHaveSecondFactor } from "@/lib/auth/server/second-factor";

const passwordPath = "/sign-in/email";
const passkeyPath = "/passkey/verify-authentication";
const removeAppPath = "/two-factor/disable";
const removePasskeyPath = "/passkey/delete-passkey";

/** The second step's codes, as the audit log calls them. */
const codes: Readonly<Record<string, string>> = {
  "/two-factor/verify-totp": "authenticator app",
  "/two-factor/verify-backup-code": "recovery code",
};

/** Asked before anybody is signed in, or to end it. */
const forAnybody =
  /^\/(sign-in\/|sign-out$|callback\/|magic-link\/|request-password-reset$|reset-password$|error$|passkey\/generate-authenticate-options$)/;

/** What sets a second factor up. */
const setUpPaths: ReadonlySet<string> = new Set([
  "/two-factor/enable",
  "/passkey/generate-register-options",
  "/passkey/verify-registration",
]);

/** What people change about their own account, as the audit log calls it. */
const changes: Readonly<Record<string, AuditAction>> = {
  "/change-password": "password.changed",
  [removeAppPath]: "authenticator.removed",
  "/two-factor/generate-backup-codes": "recovery-codes.created",
  "/passkey/verify-registration": "passkey.added",
  "/passkey/update-passkey": "passkey.renamed",
  [removePasskeyPath]: "passkey.removed",
};

/** What is no address cannot sign in, and may be a password in the wrong field: it is neither counted nor kept. */
const withEmail = z.object({ email: z.email().max(254) });
const tooLong = z.union([z.object({ email: z.string().min(255) }), z.object({ name: z.string().min(101) })]);
const named = z.object({ name: z.string() });
const withId = z.object({ id: z.string() });

/** Who asks, as it was before the request was answered. */
type Asker = {
  userId: string;
  email: string;
  role: Role;
  /** null: a sign-in whose password was right, and whose code is now sent. */
  session: { id: string; isConfirmed: boolean } | null;
  hasApp: boolean;
  /** Of the passkey that is about to be removed. */
  passkeyName?: string | null;
};

const askers = new WeakMap<Request, Asker>();

/**
 * What better-auth does not do by itself: lockout per address, for passwords and codes alike; what a session without its
 * second factor may not do; and the audit of all of it.
 */
export function accountRules(db: Database) {
  const before = createAuthMiddleware(async (context) => {
    const { path, body, headers, request } = context;
    if (tooLong.safeParse(body).success)
      throw new APIError("BAD_REQUEST", { message: "The address or the name is too long." });
    const credentials = withEmail.safeParse(body);
    if (path === passwordPath && credentials.success)
      await takeSignInAttempt(db, credentials.data.email, ipOf(headers));
    // Our own look-ups of a session come without a request.
    if (!request || forAnybody.test(path)) return;

    const asker = await findAsker(context);
    if (!asker) return;
    askers.set(request, asker);
    if (codes[path]) {
      // Codes typed while an app is being set up prove nothing yet.
      if (asker.hasApp) await takeSignInAttempt(db, asker.email, ipOf(headers));
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
      if (asker) await recordCode(db, context, asker);
    } else if (changes[path]) {
      if (asker) await recordChange(db, context, changes[path], asker);
    } else if (newSession) {
      await recordSignIn(db, context, newSession.user);
      // The session that the passkey has confirmed gives way to the one it opened.
      if (asker?.session && asker.userId === newSession.user.id)
        await revokeSessions(db, asker.userId, asker.session.id);
    }
  });

  const matcher = () => true;
  return {
    id: "account-rules",
    hooks: { before: [{ matcher, handler: before }], after: [{ matcher, handler: after }] },
  } satisfies BetterAuthPlugin;
}

/** Marks a session that begins with a second factor, or takes the place of one that did. */
export function startWithSecondFactor(context: GenericEndpointContext | null) {
  const path = context?.path ?? "";
  const asker = context?.request && askers.get(context.request);
  const isContinued = changes[path] !== undefined && asker?.session?.isConfirmed === true;
  return { data: { secondFactor: path === passkeyPath || codes[path] !== undefined || isContinued } };
}

/** The session's person, or the one whose password was right and whose code is still missing. */
async function findAsker(context: GenericEndpointContext): Promise<Asker | null> {
  const found = await getSessionFromCtx(context);
  if (found) {
    const { user, session } = found;
    return {
      userId: user.id,
      email: user.email,
      role: roleSchema.parse(user.role),
      session: { id: session.id, isConfirmed: session.secondFactor === true },
      hasApp: user.twoFactorEnabled === true,
    };
  }
  if (!codes[context.path]) return null;
  const { context: auth } = context;
  const pending = await context.getSignedCookie(auth.createAuthCookie("two_factor").name, auth.secret);
  const step = pending ? await auth.internalAdapter.findVerificationValue(pending) : null;
  const user: { id: string; email: string; role?: unknown } | null = step
    ? await auth.internalAdapter.findUserById(step.value)
    : null;
  if (!user) return null;
  return {
    userId: user.id,
    email: user.email,
    role: roleSchema.parse(user.role),
    session: null,
    hasApp: true,
  };
}

/**
 * Refuses what a session may not do without its second factor; and taking the last one away where one is required.
 * @throws APIError 403
 */
async function refuseUnconfirmed(db: Database, path: string, asker: Asker): Promise<void> {
  const { userId, role, session } = asker;
  const state = await findSecondFactorState(db, { userId, role, isConfirmed: session?.isConfirmed === true });
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

async function findPasskeyName(db: Database, { userId }: Asker, body: unknown): Promise<string | null> {
  const removed = withId.safeParse(body).data?.id;
  return (await listPasskeys(db, userId)).find(({ id }) => id === removed)?.name ?? null;
}

/** Somebody is in: by a password alone, a passkey, a link or an identity provider. */
async function recordSignIn(
  db: Database,
  context: GenericEndpointContext,
  user: { id: string; email: string },
) {
  const { path, headers } = context;
  const by =
    path === passwordPath
      ? "password"
      : path === passkeyPath
        ? "passkey"
        : path.startsWith("/magic-link")
          ? "link"
          : "identity provider";
  if (path === passwordPath || path === passkeyPath) await forgiveSignInAttempts(db, user.email);
  const actor = { kind: "person", id: user.id, name: user.email } as const;
  await recordAudit(db, { actor, action: "sign-in", detail: { by }, ip: ipOf(headers) });
}

/** A right code: it ends a sign-in, confirms a session that has none, or finishes setting an app up. */
async function recordCode(db: Database, { path, headers, context }: GenericEndpointContext, asker: Asker) {
  const { userId, email, session, hasApp } = asker;
  const by = { actor: { kind: "person", id: userId, name: email } as const, ip: ipOf(headers) };
  const code = codes[path] ?? "code";
  if (session === null) {
    await forgiveSignInAttempts(db, email);
    await recordAudit(db, { ...by, action: "sign-in", detail: { by: `password, ${code}` } });
  } else if (hasApp) {
    await forgiveSignInAttempts(db, email);
    await confirmSession(db, session.id);
    await recordAudit(db, { ...by, action: "second-factor.confirmed", detail: { by: code } });
  } else if (context.newSession) {
    const sessions = await endUnconfirmedSessions(db, userId);
    await recordAudit(db, {
      ...by,
      action: "authenticator.added",
      detail: { endedSessions: String(sessions) },
    });
  }
}

async function recordChange(
  db: Database,
  context: GenericEndpointContext,
  action: AuditAction,
  asker: Asker,
) {
  const { path, body, headers } = context;
  const { userId, email, session } = asker;
  if (action === "passkey.added" && session) await confirmSession(db, session.id);
  if (path === removeAppPath || path === removePasskeyPath) await forgetConfirmations(db, userId);
  const target = asker.passkeyName ?? named.safeParse(body).data?.name;
  const actor = { kind: "person", id: userId, name: email } as const;
  await recordAudit(db, { actor, action, ...(target !== undefined && { target }), ip: ipOf(headers) });
}

async function recordFailure(db: Database, context: GenericEndpointContext, asker: Asker | undefined) {
  const { path, body, headers } = context;
  const ip = ipOf(headers);
  const credentials = withEmail.safeParse(body);
  if (path === passwordPath && credentials.success)
    await recordStranger(db, { action: "sign-in.failed", target: credentials.data.email, ip });
  const by = path === passkeyPath ? "passkey" : codes[path];
  if (by === undefined || (codes[path] && !asker?.hasApp)) return;
  const target = codes[path] ? asker?.email : undefined;
  await recordStranger(db, {
    action: "sign-in.failed",
    ...(target !== undefined && { target }),
    detail: { by },
    ip,
  });
}

/** better-auth's refusals that leave people without a next step, in our words. */
const words: Readonly<Record<string, string>> = {
  INVALID_CODE: "This code is not right. Enter the one your app shows now.",
  INVALID_BACKUP_CODE: "This recovery code is not right, or was used already.",
  INVALID_TWO_FACTOR_COOKIE: "The time to enter a code is over. Sign in again.",
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: "Too many wrong codes. Sign in again.",
  ACCOUNT_TEMPORARILY_LOCKED: "Too many wrong codes. Try again in 15 min.",
  SESSION_NOT_FRESH: "Passkeys are added within a day of signing in. Sign out and in, and try again.",
  PASSKEY_NOT_FOUND: "This passkey is not known here. Sign in another way.",
  CHALLENGE_NOT_FOUND: "That took too long. Try again.",
  AUTHENTICATION_FAILED: "This passkey was not accepted. Sign in another way.",
  PROVIDER_NOT_FOUND: "The identity provider does not answer. Try again, or sign in another way.",
};

function reworded(refused: APIError): APIError {
  const message = words[refused.body?.code ?? ""];
  if (message === undefined) return refused;
  return new APIError(refused.status, { ...refused.body, message }, refused.headers);
}

function ipOf(headers: Headers | undefined): string | null {
  return headers ? clientAddress(headers) : null;
}
