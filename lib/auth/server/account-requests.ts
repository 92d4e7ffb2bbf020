import "server-only";
import type { GenericEndpointContext } from "better-auth";
import { getSessionFromCtx } from "better-auth/api";
import { z } from "zod";
import type { AuditAction } from "@/lib/audit/audit";
import { type Role, roleSchema } from "@/lib/auth/roles";
import { clientAddress } from "@/lib/auth/server/client-address";

export const passwordPath = "/sign-in/email";
export const passkeyPath = "/passkey/verify-authentication";
export const appCodePath = "/two-factor/verify-totp";
export const removeAppPath = "/two-factor/disable";
export const removePasskeyPath = "/passkey/delete-passkey";

/** The second step's codes, as the audit log calls them. */
export const codes: Readonly<Record<string, string>> = {
  [appCodePath]: "authenticator app",
  "/two-factor/verify-backup-code": "recovery code",
};

/** What people change about their own account, as the audit log calls it. */
export const changes: Readonly<Record<string, AuditAction>> = {
  "/change-password": "password.changed",
  [removeAppPath]: "authenticator.removed",
  "/two-factor/generate-backup-codes": "recovery-codes.created",
  "/passkey/verify-registration": "passkey.added",
  "/passkey/update-passkey": "passkey.renamed",
  [removePasskeyPath]: "passkey.removed",
};

/** What is no address cannot sign in, and may be a password in the wrong field: it is neither counted nor kept. */
export const withEmail = z.object({ email: z.email().max(254) });

/** Who asks, as it was before the request was answered. */
export type Asker = {
  userId: string;
  email: string;
  role: Role;
  /** null: a sign-in whose password was right, and whose code is now sent. */
  session: { id: string; isConfirmed: boolean } | null;
  hasApp: boolean;
  /** Of the passkey that is about to be removed. */
  passkeyName?: string | null;
};

export const askers = new WeakMap<Request, Asker>();

/** The session's person, or the one whose password was right and whose code is still missing. */
export async function findAsker(context: GenericEndpointContext): Promise<Asker | null> {
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

/** Marks a session that begins with a second factor, or takes the place of one that did. */
export function startWithSecondFactor(context: GenericEndpointContext | null) {
  const path = context?.path ?? "";
  const asker = context?.request && askers.get(context.request);
  const isContinued = changes[path] !== undefined && asker?.session?.isConfirmed === true;
  return { data: { secondFactor: path === passkeyPath || codes[path] !== undefined || isContinued } };
}

export function ipOf(headers: Headers | undefined): string | null {
  return headers ? clientAddress(headers) : null;
}
