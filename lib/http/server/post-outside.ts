import "server-only";
import { randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { guardedFetch } from "@/lib/http/server/guarded-fetch";
import { OutgoingRefused } from "@/lib/http/server/outgoing-rules";

/** The other server answered with an error. */
export class PostFailed extends Error {
  override name = "PostFailed";
  readonly status: number;

  constructor(status: number) {
    super(`The server answered ${status}.`);
    this.status = status;
  }
}

/**
 * Posts to a server that an admin has configured, if our rules allow its address. Redirects are not followed, so that a
 * signed body goes only where it was meant to. Returns the status.
 * @throws PostFailed, OutgoingRefused, or guardedFetch's error when no response comes within ten seconds
 */
export async function postOutside(
  url: string,
  body: string,
  headers: Record<string, string>,
): Promise<number> {
  const response = await guardedFetch(url, { method: "POST", body, headers, maxRedirects: 0 });
  await response.body?.cancel();
  if (!response.ok) throw new PostFailed(response.status);
  return response.status;
}

/** Creates a signing key. Standard Webhooks: 24 to 64 random bytes, in base64 behind this prefix. */
export function makeSigningKey(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

interface Signed {
  /** The same for every attempt, so that receivers can detect repeats. */
  id: string;
  at: Date;
  /** JSON. */
  body: string;
  /** One signature per key: the receiver accepts any of them. */
  keys: readonly string[];
}

/** Posts JSON, signed as Standard Webhooks specifies; returns and throws as postOutside does. */
export function postSigned(url: string, { id, at, body, keys }: Signed): Promise<number> {
  return postOutside(url, body, {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": keys.map((key) => new Webhook(key).sign(id, at, body)).join(" "),
  });
}

/** Why a post failed, in a sentence an admin can act on. Never an unknown error's message, which may quote a secret URL. */
export function describePostFailure(cause: unknown): string {
  if (cause instanceof PostFailed || cause instanceof OutgoingRefused) return cause.message;
  if (!(cause instanceof Error)) return "It failed for an unknown reason.";
  if (cause.name === "TimeoutError" || cause.name === "AbortError") return "No response within 10 s.";
  const code = readCode(cause) ?? (cause.cause instanceof Error ? readCode(cause.cause) : null);
  return code ? `Unreachable (${code}).` : "Unreachable.";
}

function readCode(cause: Error): string | null {
  const value: unknown = Reflect.get(cause, "code");
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}
