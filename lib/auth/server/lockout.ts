import "server-only";
import { APIError } from "better-auth/api";
import type { Database } from "@/db/client";
import { recordStranger } from "@/db/queries/audit";
import { type Attempt, claimSignInAttempt, clearSignInAttempts } from "@/db/queries/auth/sign-in-attempts";
import { hashSecret } from "@/lib/auth/server/secrets";

/** Ten wrong passwords or codes for one address, from any client, lock it for the rest of the 15 minutes. */
const lockout = { maxAttempts: 10, windowMs: 15 * 60_000 };

/**
 * Counts an attempt for an address, before its password or code is checked.
 * @throws APIError 429 with a message and `Retry-After`, for known and unknown addresses alike
 */
export async function takeSignInAttempt(db: Database, email: string, ip: string | null): Promise<void> {
  const attempt = await claimSignInAttempt(db, keyOf(email), lockout);
  if (attempt.allowed) return;
  if (attempt.first) {
    await recordStranger(db, { action: "sign-in.locked", target: email, ip });
  }
  throw refusal(attempt);
}

/** Clears an address's attempts, after a completed sign-in or a reset. */
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
