import "server-only";
import type { GenericEndpointContext } from "better-auth";
import { z } from "zod";
import type { Database } from "@/db/client";
import { recordAudit, recordStranger } from "@/db/queries/audit";
import {
  confirmSession,
  endUnconfirmedSessions,
  forgetConfirmations,
} from "@/db/queries/auth/second-factors";
import type { AuditAction } from "@/lib/audit/audit";
import {
  type Asker,
  codes,
  ipOf,
  passkeyPath,
  passwordPath,
  removeAppPath,
  removePasskeyPath,
  withEmail,
} from "@/lib/auth/server/account-requests";
import { forgiveSignInAttempts } from "@/lib/auth/server/lockout";

const named = z.object({ name: z.string() });

/** Records a completed sign-in: by a password alone, a passkey, a link or an identity provider. */
export async function recordSignIn(
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

/** Records a correct code: it completes a sign-in, confirms an unconfirmed session, or finishes setting up an app. */
export async function recordCode(
  db: Database,
  { path, headers, context }: GenericEndpointContext,
  asker: Asker,
) {
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
      ...(sessions > 0 && { detail: { "ended sessions": String(sessions) } }),
    });
  }
}

export async function recordChange(
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

export async function recordFailure(db: Database, context: GenericEndpointContext, asker: Asker | undefined) {
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
