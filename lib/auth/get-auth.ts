import "server-only";
import { after } from "next/server";
import { db } from "@/db/client";
import { createAuth } from "@/lib/auth/create-auth";
import { mailResetLink } from "@/lib/auth/mail-reset-link";

let auth: ReturnType<typeof createAuth> | undefined;

/** The one better-auth of this process; made on first use, because `next build` loads this without an environment. */
export function getAuth() {
  auth ??= createAuth(db, { resetLink: mailResetLink, signInLink: refuseSignInLink, later: after });
  return auth;
}

/** Sign-in links are made on the server's own shell only (lib/auth/mint-sign-in-link.ts). */
async function refuseSignInLink(): Promise<never> {
  throw new Error("Sign-in links are not sent to anybody.");
}
