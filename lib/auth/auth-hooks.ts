import "server-only";
import { APIError, createAuthMiddleware, isAPIError } from "better-auth/api";
import { z } from "zod";
import type { Database } from "@/db/client";
import { recordAudit, recordStranger } from "@/db/queries/auth/record-audit";
import { clientAddress } from "@/lib/auth/client-address";
import { forgiveSignInAttempts, takeSignInAttempt } from "@/lib/auth/sign-in-lockout";

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
