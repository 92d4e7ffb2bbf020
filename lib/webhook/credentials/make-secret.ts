import "server-only";
import { randomBytes } from "node:crypto";
import { createSecret, hashSecret } from "@/lib/auth/server/secrets";
import type { NewSettings } from "@/lib/credentials/credential-settings";
import { sealSecret } from "@/lib/sealed-secret";

/** Enough to tell two secrets apart, and nothing to guess the rest by. */
const hintLength = 4;

/** A secret of 256 random bits, as this kind of credential writes it. */
export function makeSecret(settings: NewSettings): string {
  const isBase64 = settings.kind === "hmac" && settings.secretIsBase64;
  return isBase64 ? randomBytes(32).toString("base64") : createSecret();
}

/** What is stored of a secret: sealed where verification needs it again, else its hash. @param owner the row's id */
export function toStoredSecret(secret: string, settings: NewSettings, owner: string) {
  const isNeeded = settings.kind === "hmac";
  return {
    secretHash: isNeeded ? null : hashSecret(secret),
    sealedSecret: isNeeded ? sealSecret(secret, owner) : null,
    hint: secret.slice(-hintLength),
  };
}
