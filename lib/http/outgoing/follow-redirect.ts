import "server-only";
import type { IncomingMessage } from "node:http";
import type { Outgoing } from "@/lib/http/outgoing/send-request";

const redirects = new Set([301, 302, 303, 307, 308]);
/** What proves who we are stays with whom we meant. */
const confidential = ["authorization", "cookie", "proxy-authorization"];

/** Where an answer sends us on, by the rules of fetch; null when it does not, or says nothing one could follow. */
export function followRedirect(
  outgoing: Outgoing,
  { statusCode = 0, headers }: IncomingMessage,
): Outgoing | null {
  const { url, method } = outgoing;
  const { location } = headers;
  if (!redirects.has(statusCode) || !location || !URL.canParse(location, url)) return null;
  const next = new URL(location, url);
  const kept = new Headers(outgoing.headers);
  if (next.origin !== url.origin) for (const name of confidential) kept.delete(name);

  const becomesGet = statusCode === 303 ? method !== "HEAD" : statusCode < 303 && method === "POST";
  if (!becomesGet) return { ...outgoing, url: next, headers: kept };
  for (const name of ["content-type", "content-length"]) kept.delete(name);
  return { ...outgoing, url: next, headers: kept, method: "GET", body: null };
}
