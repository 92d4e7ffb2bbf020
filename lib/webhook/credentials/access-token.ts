import "server-only";
import { createHmac } from "node:crypto";
import { deriveKey } from "@/lib/derive-key";
import { isSameBytes } from "@/lib/is-same-bytes";

/** An hour, as is usual. It dies earlier with its credential, which is looked up by every delivery. */
export const tokenLifetimeSeconds = 3_600;

const mark = "eat_";
const shape = /^eat_([0-9a-f]{32})([0-9a-f]{10})\.([\w-]{43})$/;

/**
 * A token that says which credential it was given for and until when, and is signed: every instance can tell it
 * without asking the database.
 * @param credentialId a UUID
 * @param nowMs epoch ms
 */
export function mintAccessToken(credentialId: string, nowMs: number): string {
  const until = Math.floor(nowMs / 1_000) + tokenLifetimeSeconds;
  const claim = `${credentialId.replaceAll("-", "")}${until.toString(16).padStart(10, "0")}`;
  return `${mark}${claim}.${sign(claim)}`;
}

export type ReadToken = { credentialId: string; expiresAt: number };

/** Null when it is none of ours, whatever it looks like. @returns `expiresAt` in epoch ms, past or future */
export function readAccessToken(token: string): ReadToken | null {
  const [, id, until, signature] = shape.exec(token) ?? [];
  if (!id || !until || !signature) return null;
  if (!isSameBytes(Buffer.from(signature), Buffer.from(sign(`${id}${until}`)))) return null;
  return {
    credentialId: id.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"),
    expiresAt: Number.parseInt(until, 16) * 1_000,
  };
}

/** Whether a text looks like one of ours, which is no secret. */
export function isAccessToken(text: string): boolean {
  return text.startsWith(mark);
}

function sign(claim: string): string {
  return createHmac("sha256", deriveKey("access tokens")).update(claim).digest("base64url");
}
