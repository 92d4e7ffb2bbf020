import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { limits } from "./limits";

/** The credentials from Pusher's dashboard: the server's client has all three, browsers only the key. */
export type AppCredentials = { id: string; key: string; secret: string };

export type ChannelKind = "public" | "private" | "presence";

/** Returns the kind of channel that a name stands for, or null if Pusher does not allow the name. */
export function channelKind(name: string): ChannelKind | null {
  if (name.length > limits.nameLength || !/^[A-Za-z0-9_\-=@,.;]+$/.test(name)) return null;
  if (name.startsWith("presence-")) return "presence";
  return name.startsWith("private-") ? "private" : "public";
}

/** Compares in constant time: reveals neither where two texts differ nor how long the right one is. */
export function isSameText(given: string, right: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(right));
}

/** Signs as Pusher does everywhere: HMAC-SHA256 in hexadecimal. */
export function sign(secret: string, text: string | Buffer): string {
  return createHmac("sha256", secret).update(text).digest("hex");
}

/**
 * Returns why a request to the HTTP API is not authentic, or null. The signature covers the method, the path and all
 * other query parameters, including the body's MD5 ("Generating authentication signatures").
 */
export function findAuthProblem(app: AppCredentials, method: string, url: URL, body: Buffer): string | null {
  const parameters = new Map([...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]));
  const given = (name: string) => parameters.get(name) ?? "";

  if (given("auth_key") !== app.key) return "Unknown auth_key";
  if (given("auth_version") !== "1.0") return "auth_version must be 1.0";
  const ageSeconds = Date.now() / 1000 - Number(given("auth_timestamp"));
  if (!(Math.abs(ageSeconds) <= limits.timestampSeconds)) {
    return `auth_timestamp is more than ${limits.timestampSeconds} s from the server's time`;
  }
  const md5 = createHash("md5").update(body).digest("hex");
  if (body.length > 0 && given("body_md5") !== md5) return "body_md5 does not match the body";

  const signed = [...parameters].filter(([name]) => name !== "auth_signature").sort(byName);
  const query = signed.map(([name, value]) => `${name}=${value}`).join("&");
  const right = sign(app.secret, `${method}\n${url.pathname}\n${query}`);
  return isSameText(given("auth_signature"), right) ? null : "Invalid signature";
}

function byName([a]: [string, string], [b]: [string, string]) {
  return a < b ? -1 : 1;
}
