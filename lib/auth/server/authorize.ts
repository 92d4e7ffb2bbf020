import "server-only";
import { db } from "@/db/client";
import { type FoundKey, findApiKey } from "@/db/queries/auth/api-keys";
import { withDeadline } from "@/lib/async";
import type { By } from "@/lib/audit/audit";
import { can, type Permission } from "@/lib/auth/permissions";
import type { Actor } from "@/lib/auth/roles";
import { clientAddress } from "@/lib/auth/server/client-address";
import { hashSecret } from "@/lib/auth/server/secrets";
import { findVisitor } from "@/lib/auth/server/session";
import { env } from "@/lib/env";
import { problem } from "@/lib/http/server/http";
import { isSameOrigin } from "@/lib/http/server/policy";
import { isReadableUrl } from "@/lib/http/urls";
import { logRepeated } from "@/lib/log-repeated";

/** The actor, or the response to send instead. */
type Authorized = { refused: Response; actor?: never } | { refused: null; actor: Actor };

/**
 * Authorizes a request. The first line of every route handler that is not public:
 *
 *     const { actor, refused } = await authorize(request, "calls.view");
 *     if (refused) return refused;
 *
 * Accepts `Authorization: Bearer <api key>`, else the session cookie. With a cookie, anything but GET and HEAD must
 * come from our own pages. Refusals are problem documents (RFC 9457): 401 without a valid session or key, 403 without
 * the permission, 400 for a URL that cannot be read.
 */
export async function authorize(request: Request, permission: Permission): Promise<Authorized> {
  const authorization = request.headers.get("authorization") ?? "";
  const lookup = /^Bearer\b/i.test(authorization) ? byKey(authorization) : byCookie(request);
  const found = await withDeadline(lookup, timeoutMs).catch(refuseUnavailable);
  if (found.refused) return found;
  if (!isReadableUrl(new URL(request.url))) {
    return refuse(400, "Invalid URL", "The path or query is not valid percent-encoding.");
  }
  if (can(found.actor.role, permission)) return found;
  return refuse(403, "Not allowed", `The role ${found.actor.role} does not allow this.`);
}

/** Short, because a page that waits for this should soon report that the database is down. */
const timeoutMs = 2_500;

function refuseUnavailable(cause: unknown): Authorized {
  logRepeated("error", "the signed-in person could not be looked up", { error: cause });
  const detail =
    "The database is not responding, so your access could not be checked. Nothing was changed. Try again.";
  return { refused: problem(503, "Database unavailable", detail, { "retry-after": "2" }) };
}

async function byCookie(request: Request): Promise<Authorized> {
  const visitor = await findVisitor(request.headers, { canRenew: true });
  if (!visitor) return unknownCaller("Sign in, or send an API key: Authorization: Bearer <key>.");
  const { person: actor, secondFactor } = visitor;
  if (secondFactor !== "satisfied") {
    return refuse(403, "Second factor needed", "Open any page to enter or set up your second factor.");
  }
  if (isRead(request.method) || isSameOrigin(request.headers, env.APP_URL)) return { refused: null, actor };
  return refuse(
    403,
    "Cross-site request",
    "Changes with a session cookie are only accepted from Earshot's own pages.",
  );
}

async function byKey(authorization: string): Promise<Authorized> {
  const key = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  const found = key === undefined ? null : await findApiKey(db, hashSecret(key));
  if (!found) return unknownCaller("Unknown API key. Send it as: Authorization: Bearer <key>.");
  if (found.state !== "valid") return unknownCaller(`The API key "${found.name}" is ${found.state}.`);
  return { refused: null, actor: toActor(found) };
}

function toActor({ id, name, role }: FoundKey): Actor {
  return { kind: "api-key", id, name, role };
}

function isRead(method: string): boolean {
  return method === "GET" || method === "HEAD";
}

function unknownCaller(detail: string): Authorized {
  return { refused: problem(401, "Not signed in", detail, { "www-authenticate": 'Bearer realm="Earshot"' }) };
}

function refuse(status: number, title: string, detail: string): Authorized {
  return { refused: problem(status, title, detail) };
}

/** The actor of a request as the audit log names it: people by e-mail, keys by name. */
export function auditedBy(actor: Actor, request: Request): By {
  const name = actor.kind === "person" ? actor.email : actor.name;
  return { actor: { kind: actor.kind, id: actor.id, name }, ip: clientAddress(request.headers) };
}
