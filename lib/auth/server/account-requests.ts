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

/** Paths of the second step's codes, with their names in the audit log. */
export const codes: Readonly<Record<string, string>> = {
  [appCodePath]: "authenticator app",
  "/two-factor/verify-backup-code": "recovery code",
};

/** Paths of changes to one's own account, with their actions in the audit log. */
export const changes: Readonly<Record<string, AuditAction>> = {
  "/change-password": "password.changed",
  [removeAppPath]: "authenticator.removed",
  "/two-factor/generate-backup-codes": "recovery-codes.created",
  "/passkey/verify-registration": "passkey.added",
  "/passkey/update-passkey": "passkey.renamed",
  [removePasskeyPath]: "passkey.removed",
};

/** Anything else cannot sign in, and may be a password in the wrong field: it is neither counted nor stored. */
export const withEmail = z.object({ email: z.email().max(254) });

/** The person making a request, as they were before it was answered. */
export type Asker = {
  userId: string;
  email: string;
  role: Role;
  /** Null during a sign-in whose password was correct and whose code is being sent. */
  session: { id: string; isConfirmed: boolean } | null;
  hasApp: boolean;
  /** Name of the passkey that is about to be removed. */
  passkeyName?: string | null;
};

export const askers = new WeakMap<Request, Asker>();

/** Returns the session's person, or the one whose password was correct and whose code is still missing. */
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

/** Marks a new session as confirmed if it begins with a second factor, or replaces a confirmed session. */
export function startWithSecondFactor(context: GenericEndpointContext | null) {
  const path = context?.path ?? "";
  const asker = context?.request && askers.get(context.request);
  const isContinued = changes[path] !== undefined && asker?.session?.isConfirmed === true;
  return { data: { secondFactor: path === passkeyPath || codes[path] !== undefined || isContinued } };
}

export function ipOf(headers: Headers | undefined): string | null {
  return headers ? clientAddress(headers) : null;
}
