import { createHash } from "node:crypto";
import type { AppCredentials } from "./app-credentials";
import { isSameText } from "./is-same-text";
import { limits } from "./limits";
import { sign } from "./sign";

/**
 * Why a request of the HTTP API is not to be believed, or null. The signature covers the method, the path and every
 * other query parameter, the body's MD5 among them ("Generating authentication signatures").
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
