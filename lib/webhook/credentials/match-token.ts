import "server-only";
import { isAccessToken, readAccessToken } from "@/lib/webhook/credentials/access-token";
import type { OAuthClient } from "@/lib/webhook/credentials/known";
import { readSecret } from "@/lib/webhook/credentials/match-secret";
import type { Match } from "@/lib/webhook/credentials/verdict";

/** A token of ours may be under way when it expires. */
const leewayMs = 60_000;

/** OAuth 2 access tokens, which our own token endpoint gave (app/api/oauth/token). */
export function matchToken(headers: Headers, clients: readonly OAuthClient[], nowMs: number): Match {
  const header = "authorization";
  const token = readSecret(headers.get(header), true);
  if (!token || !isAccessToken(token)) return null;
  const read = readAccessToken(token);
  const client = clients.find(({ credential }) => credential.id === read?.credentialId);
  if (!read || !client) return { refusal: { reason: "wrong-token", header } };
  const { credential } = client;
  if (nowMs > read.expiresAt + leewayMs) {
    return { refusal: { reason: "expired-token", header, credentialId: credential.id } };
  }
  return { credential };
}
