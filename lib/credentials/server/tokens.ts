import "server-only";
import { createHmac } from "node:crypto";
import { z } from "zod";
import type { OAuthClient } from "@/lib/credentials/server/credential-types";
import { type Match, readSecret } from "@/lib/credentials/server/known";
import { env } from "@/lib/env";
import { parseJson } from "@/lib/parse-json";
import { bytesEqual, deriveKey } from "@/lib/secrets";

/** One hour, as is usual. A token ends sooner if its credential does: each delivery looks the credential up. */
export const tokenLifetimeSeconds = 3_600;

const mark = "eat_";
const shape = /^eat_([0-9a-f]{32})([0-9a-f]{10})\.([\w-]{43})$/;

/**
 * Creates a signed token that carries its credential and expiry, so every instance can verify it without a query.
 * @param credentialId a UUID
 * @param nowMs epoch ms
 */
export function mintAccessToken(credentialId: string, nowMs: number): string {
  const until = Math.floor(nowMs / 1_000) + tokenLifetimeSeconds;
  const claim = `${credentialId.replaceAll("-", "")}${until.toString(16).padStart(10, "0")}`;
  return `${mark}${claim}.${sign(claim)}`;
}

type ReadToken = { credentialId: string; expiresAt: number };

/** Returns null unless we signed the token. @returns `expiresAt` in epoch ms, past or future */
function readAccessToken(token: string): ReadToken | null {
  const [, id, until, signature] = shape.exec(token) ?? [];
  if (!id || !until || !signature) return null;
  if (!bytesEqual(Buffer.from(signature), Buffer.from(sign(`${id}${until}`)))) return null;
  return {
    credentialId: id.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"),
    expiresAt: Number.parseInt(until, 16) * 1_000,
  };
}

/** Whether a text has the prefix of our tokens, which is not secret. */
function isAccessToken(text: string): boolean {
  return text.startsWith(mark);
}

function sign(claim: string): string {
  return createHmac("sha256", deriveKey("access tokens")).update(claim).digest("base64url");
}

/** A token may expire while its request is in transit. */
const leewayMs = 60_000;

/** Matches OAuth 2 access tokens, issued by our token endpoint (app/api/oauth/token). */
export function matchToken(headers: Headers, clients: readonly OAuthClient[], nowMs: number): Match {
  const header = "authorization";
  const token = readSecret(headers.get(header), true);
  if (!token || !isAccessToken(token)) return null;
  const read = readAccessToken(token);
  const client = clients.find(({ credential }) => credential.id === read?.credentialId);
  if (!read || !client) return { rejection: { reason: "wrong-token", header } };
  const { credential } = client;
  if (nowMs > read.expiresAt + leewayMs) {
    return { rejection: { reason: "expired-token", header, credentialId: credential.id } };
  }
  return { credential };
}

/** The client's credentials in a token request. */
export interface TokenRequest {
  clientId: string;
  clientSecret: string;
}

/** An error of RFC 6749 §5.2. */
export interface TokenError {
  error: "invalid_request" | "invalid_client" | "unsupported_grant_type";
  error_description: string;
}

const jsonSchema = z.record(z.string(), z.string());

/**
 * Reads a client-credentials request (RFC 6749 §4.4.2): a form, with the client in it or in HTTP Basic. JSON is
 * accepted too, because Vapi does not document which of the two it sends.
 */
export function readTokenRequest(headers: Headers, body: string): TokenRequest | TokenError {
  const fields = readFields(headers.get("content-type") ?? "", body);
  if (!fields) return invalid("Send a form with each field once: application/x-www-form-urlencoded.");
  const grant = fields.get("grant_type");
  if (!grant) return invalid("grant_type is missing.");
  if (grant !== "client_credentials") {
    return {
      error: "unsupported_grant_type",
      error_description: "Only the client_credentials grant is supported.",
    };
  }
  const authorization = headers.get("authorization");
  const secret = fields.get("client_secret");
  if (authorization !== null) {
    if (secret !== undefined)
      return invalid("Send the client credentials only once: with HTTP Basic or in the form.");
    return readBasic(authorization) ?? unknownClient;
  }
  const clientId = fields.get("client_id");
  return clientId && secret ? { clientId, clientSecret: secret } : unknownClient;
}

/** The same answer for an unknown client and a wrong secret, so it does not reveal which clients exist. */
export const unknownClient: TokenError = {
  error: "invalid_client",
  error_description: "Unknown client or wrong secret.",
};

/** Returns null if the body is neither a form nor flat JSON, or repeats a form field. */
function readFields(contentType: string, body: string): Map<string, string> | null {
  if (/^application\/json\b/i.test(contentType)) {
    const parsed = jsonSchema.safeParse(tryToParse(body));
    return parsed.success ? new Map(Object.entries(parsed.data)) : null;
  }
  const entries = [...new URLSearchParams(body)];
  const fields = new Map(entries);
  return fields.size === entries.length ? fields : null;
}

/** Decodes HTTP Basic. ID and secret are form-encoded before they are joined (RFC 6749 §2.3.1). */
function readBasic(authorization: string): TokenRequest | null {
  const [, encoded] = /^Basic +([\w+/=-]+)$/i.exec(authorization) ?? [];
  const pair = Buffer.from(encoded ?? "", "base64").toString();
  const colon = pair.indexOf(":");
  if (colon < 1 || colon === pair.length - 1) return null;
  const [clientId, clientSecret] = [pair.slice(0, colon), pair.slice(colon + 1)].map(decodeField);
  return clientId && clientSecret ? { clientId, clientSecret } : null;
}

function decodeField(text: string): string {
  return new URLSearchParams(`x=${text.replaceAll("&", "%26")}`).get("x") ?? "";
}

function tryToParse(text: string): unknown {
  try {
    return parseJson(text).value;
  } catch {
    return null;
  }
}

function invalid(error_description: string): TokenError {
  return { error: "invalid_request", error_description };
}

/** The URL of our token endpoint. */
export function tokenUrl(): string {
  return `${env.APP_URL}/api/oauth/token`;
}
