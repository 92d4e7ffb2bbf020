import { type Role, reachesRole } from "@/lib/auth/role";

/**
 * THE table of who may do what. First: the least role each permission takes (roles build on one another,
 * lib/auth/role.ts). Then: what every page and every route asks for. A page or route on disk that is not
 * named here fails `npm test`, and one whose code asks for something else fails the end-to-end matrix.
 */
const leastRole = {
  /** The board, calls, alerts, reports, analytics: with numbers, names and e-mails masked. */
  "calls.view": "viewer",
  /** One's own name, password and sessions. */
  "account.own": "viewer",

  /** The same, unmasked. */
  "numbers.view": "operator",
  /** Acknowledge, assign, snooze, resolve. */
  "alerts.act": "operator",
  /** Make and change conversations and their context. */
  "context.edit": "operator",
  /** The raw event log: it holds numbers and words that no masking can promise to find. */
  "events.view": "operator",
  "calls.listen": "operator",
  "calls.control": "operator",

  "people.manage": "admin",
  "keys.manage": "admin",
  /** Webhook credentials. */
  "credentials.manage": "admin",
  /** Routing, thresholds, retention, integrations. */
  "settings.manage": "admin",
  "audit.view": "admin",
  /** Delete calls, conversations and all that is kept about a caller. */
  "data.delete": "admin",
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof leastRole;

/**
 * What a page or route asks of whoever comes:
 * a permission; `public`: nothing; `webhook`: Vapi's credential (lib/webhook/verify-request.ts).
 */
export type Access = Permission | "public" | "webhook";

/** Whether a role holds a permission. The views show what this allows; the server enforces it. */
export function can(role: Role, permission: Permission): boolean {
  return reachesRole(role, leastRole[permission]);
}

export type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";

/** Pages by their path as Next knows it, route groups left out. */
export const pages: Readonly<Record<string, Access>> = {
  "/": "calls.view",
};

/** Route handlers by path and method. */
export const routes: Readonly<Record<string, Partial<Record<Method, Access>>>> = {
  "/api/auth/[...all]": { GET: "public", POST: "public" },
};
