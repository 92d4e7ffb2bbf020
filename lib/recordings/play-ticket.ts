import "server-only";
import { createHmac } from "node:crypto";
import { deriveKey } from "@/lib/derive-key";
import { isSameBytes } from "@/lib/is-same-bytes";

/** Longer than anybody listens to one call. */
const validMs = 6 * 60 * 60_000;

/** Proof that this person's playing of this call is in the audit log, so that its many requests need not be. */
export function makePlayTicket(actorId: string, callId: string, now = Date.now()): string {
  const until = now + validMs;
  return `${until}.${sign(actorId, callId, until).toString("base64url")}`;
}

export function isPlayTicket(
  ticket: string | null,
  actorId: string,
  callId: string,
  now = Date.now(),
): boolean {
  const [until, signature] = ticket?.split(".") ?? [];
  if (until === undefined || signature === undefined || !/^\d{1,15}$/.test(until)) return false;
  if (Number(until) < now) return false;
  return isSameBytes(Buffer.from(signature, "base64url"), sign(actorId, callId, Number(until)));
}

function sign(actorId: string, callId: string, until: number): Buffer {
  return createHmac("sha256", deriveKey("plays of recordings"))
    .update(JSON.stringify([actorId, callId, until]))
    .digest();
}
