import { type Role, reachesRole } from "@/lib/auth/roles";

/**
 * The table of permissions. First: the lowest role each permission requires (roles build on one another,
 * lib/auth/roles.ts). Then: the access that every page and every route requires. A page or route on disk that is not
 * listed here fails `npm test`, and one whose code requires something else fails the end-to-end matrix.
 */
const leastRole = {
  /** The board, calls, alerts, reports, analytics: with numbers, names and e-mails masked. */
  "calls.view": "viewer",
  /** One's own name, password and sessions. */
  "account.own": "viewer",

  /** Callers' numbers, names and e-mails, unmasked. */
  "numbers.view": "operator",
  /** Acknowledge, assign, snooze, resolve. */
  "alerts.act": "operator",
  /** Tag calls, score them, write notes on them, and share views of the archive. */
  "calls.review": "operator",
  /** Create and change conversations and their context. */
  "context.edit": "operator",
  /** The raw event log: it contains numbers and words that masking cannot be sure to find. */
  "events.view": "operator",
  /** Replay stored events with today's code. */
  "events.replay": "operator",
  /** Earshot's own health: times, counts and states, nothing about any call. */
  "health.view": "operator",
  /** Tools, their figures and their errors, whose text may name a caller. */
  "tools.view": "operator",
  /** The rules that raise alerts. */
  "rules.view": "operator",
  "calls.listen": "operator",
  "calls.control": "operator",

  "people.manage": "admin",
  "keys.manage": "admin",
  /** Webhook credentials. */
  "credentials.manage": "admin",
  /** Routing, thresholds, retention, integrations. */
  "settings.manage": "admin",
  "audit.view": "admin",
  /** Delete calls, conversations and everything stored about a caller. */
  "data.delete": "admin",
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof leastRole;

/**
 * Access that a page or route requires: a permission; `public`: none; `webhook`: Vapi's credential
 * (lib/webhook/server/receive.ts); `machine`: another machine's own secret or signature, which no session or key replaces.
 */
export type Access = Permission | "public" | "webhook" | "machine";

/** Whether a role has a permission. Views only hide what is not allowed; the server enforces it. */
export function can(role: Role, permission: Permission): boolean {
  return reachesRole(role, leastRole[permission]);
}

export type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";

/** Pages by their path as Next knows it, route groups left out. */
export const pages: Readonly<Record<string, Access>> = {
  "/": "calls.view",
  "/calls/[callId]": "calls.view",
  "/alerts": "calls.view",
  "/incidents/[incidentId]": "calls.view",
  "/conversations": "calls.view",
  "/conversations/[uuid]": "calls.view",
  "/analytics": "calls.view",
  "/analytics/providers": "calls.view",
  "/events": "events.view",
  "/reports": "calls.view",

  "/settings": "account.own",
  "/settings/notifications": "settings.manage",
  "/settings/forwarding": "settings.manage",
  "/settings/alerts/rules": "rules.view",
  "/settings/routing": "settings.manage",
  "/settings/people": "people.manage",
  "/settings/keys": "keys.manage",
  "/settings/credentials": "credentials.manage",
  "/settings/setup": "credentials.manage",
  "/settings/assistants": "settings.manage",
  "/settings/import": "settings.manage",
  "/settings/privacy": "settings.manage",
  "/settings/tools": "tools.view",
  "/settings/tools/[toolName]": "tools.view",
  "/settings/health": "health.view",
  "/settings/knowledge": "settings.manage",
  "/settings/dialing": "settings.manage",
  "/settings/control": "settings.manage",
  "/settings/audit": "audit.view",

  "/sign-in": "public",
  /** For a session or a sign-in that lacks its second factor. */
  "/second-factor": "public",
  "/welcome": "public",
  "/forgot-password": "public",
  "/reset-password": "public",
  "/invite/[token]": "public",
  "/no-access": "public",
};

/** Route handlers by path and method. Public ones check access themselves, as their comments describe. */
const routeTable = {
  "/api/calls": { GET: "calls.view" },
  "/api/calls/[callId]": { GET: "calls.view" },
  "/api/analytics": { GET: "calls.view" },
  "/api/analytics/stages": { GET: "calls.view" },
  "/api/analytics/versions": { GET: "calls.view" },
  "/api/analytics/version-alerts": { GET: "calls.view" },
  "/api/analytics/version-alerts/[versionAlertId]/[action]": { POST: "alerts.act" },
  "/api/analytics/providers": { GET: "calls.view" },
  "/api/calls/[callId]/caller": { GET: "calls.view" },
  "/api/calls/[callId]/export": { GET: "calls.view" },
  "/api/calls/[callId]/control": { GET: "calls.control", POST: "calls.control" },
  "/api/calls/[callId]/listen": { GET: "calls.listen" },
  "/api/control/calls": { GET: "calls.control" },
  "/api/control/settings": { GET: "calls.control", PUT: "settings.manage" },
  "/api/account/number": { GET: "account.own", PUT: "account.own" },
  "/api/calls/[callId]/recording": { GET: "calls.listen", POST: "calls.listen" },
  "/api/calls/[callId]/review": { GET: "calls.view", PUT: "calls.review" },
  "/api/calls/[callId]/notes": { POST: "calls.review" },
  "/api/reports": { GET: "calls.view" },
  "/api/reports/count": { GET: "calls.view" },
  "/api/reports/facets": { GET: "calls.view" },
  "/api/reports/export": { GET: "calls.view" },
  "/api/reports/tags": { POST: "calls.review" },
  "/api/reports/columns": { PUT: "account.own" },
  /** Sharing one also requires "calls.review". */
  "/api/report-views": { GET: "calls.view", POST: "calls.view" },
  "/api/report-views/[viewId]": { DELETE: "calls.view" },
  "/api/watchers": { GET: "calls.view" },
  "/api/pulse": { GET: "calls.view" },
  "/api/simulation": { POST: "alerts.act" },
  "/api/alerts": { GET: "calls.view" },
  "/api/alerts/[alertId]/[action]": { POST: "alerts.act" },
  "/api/alerts/assignees": { GET: "alerts.act" },
  "/api/incidents": { GET: "calls.view" },
  "/api/issues": { GET: "calls.view" },
  "/api/issues/[issueId]/[action]": { POST: "alerts.act" },
  "/api/incidents/rules": { GET: "calls.view", PUT: "settings.manage" },
  "/api/incidents/[incidentId]": { GET: "calls.view" },
  "/api/incidents/[incidentId]/[action]": { POST: "alerts.act" },
  "/api/tools": { GET: "tools.view" },
  "/api/tools/[toolName]/run": { POST: "settings.manage" },
  "/api/tools/mail": { GET: "settings.manage", PUT: "settings.manage" },
  "/api/tools/endpoints": { GET: "settings.manage", POST: "settings.manage" },
  "/api/tools/endpoints/[endpointId]": { PUT: "settings.manage", DELETE: "settings.manage" },
  "/api/tools/directory": { GET: "tools.view", POST: "settings.manage" },
  "/api/tools/directory/[entryId]": { PUT: "settings.manage", DELETE: "settings.manage" },
  "/api/events": { GET: "events.view" },
  "/api/events/[eventKey]": { GET: "events.view" },
  "/api/events/[eventKey]/replay": { POST: "events.replay" },
  "/api/calls/[callId]/replay": { POST: "events.replay" },
  "/api/calls/[callId]/capture": { GET: "events.view" },
  "/api/conversations/[uuid]/capture": { GET: "events.view" },
  "/api/alerts/rules": { GET: "calls.view", PUT: "settings.manage" },
  "/api/alert-rules": { GET: "rules.view", POST: "settings.manage" },
  "/api/alert-rules/[ruleId]": { PATCH: "settings.manage", DELETE: "settings.manage" },
  "/api/alert-rules/backtest": { POST: "settings.manage" },
  "/api/conversations": { GET: "calls.view", POST: "context.edit" },
  /** Deleting a conversation also deletes its calls. */
  "/api/conversations/[uuid]": { GET: "calls.view", PATCH: "context.edit", DELETE: "data.delete" },
  "/api/conversations/[uuid]/context": { PUT: "context.edit" },
  "/api/conversations/[uuid]/versions": { GET: "calls.view" },
  "/api/conversations/[uuid]/versions/[version]": { GET: "calls.view" },
  "/api/conversations/[uuid]/versions/[version]/restore": { POST: "context.edit" },
  "/api/escalation-policies": { GET: "settings.manage", POST: "settings.manage" },
  "/api/escalation-policies/[policyId]": { PATCH: "settings.manage", DELETE: "settings.manage" },
  "/api/notification-channels": { GET: "settings.manage", POST: "settings.manage" },
  "/api/notification-channels/[channelId]": { PATCH: "settings.manage", DELETE: "settings.manage" },
  "/api/notification-channels/[channelId]/test": { POST: "settings.manage" },
  "/api/notifications": { GET: "settings.manage" },
  "/api/notifications/[notificationId]/retry": { POST: "settings.manage" },
  "/api/forwarding-targets": { GET: "settings.manage", POST: "settings.manage" },
  "/api/forwarding-targets/[targetId]": { PATCH: "settings.manage", DELETE: "settings.manage" },
  "/api/forwarding-targets/[targetId]/test": { POST: "settings.manage" },
  "/api/forwarding-targets/[targetId]/deliveries": { GET: "settings.manage" },
  "/api/forwarding-targets/[targetId]/replay": { POST: "settings.manage" },
  /** Signs only the channels that the role may subscribe to (channelPermission). */
  "/api/pusher/auth": { POST: "calls.view" },
  "/api/pusher/generation": { GET: "calls.view" },

  "/api/push-subscriptions": { GET: "account.own", PUT: "account.own" },
  "/api/push-subscriptions/[subscriptionId]": { DELETE: "account.own" },
  "/api/sessions": { GET: "account.own" },
  "/api/sessions/[sessionId]": { DELETE: "account.own" },
  "/api/people": { GET: "people.manage" },
  "/api/people/[userId]": { PATCH: "people.manage", DELETE: "people.manage" },
  "/api/people/[userId]/reset-link": { POST: "people.manage" },
  "/api/people/[userId]/sessions": { DELETE: "people.manage" },
  "/api/people/[userId]/second-factor": { DELETE: "people.manage" },
  "/api/second-factor": { GET: "people.manage", PUT: "people.manage" },
  "/api/invitations": { GET: "people.manage", POST: "people.manage" },
  "/api/invitations/[invitationId]": { DELETE: "people.manage" },
  "/api/keys": { GET: "keys.manage", POST: "keys.manage" },
  "/api/keys/[keyId]": { DELETE: "keys.manage" },
  "/api/credentials": { GET: "credentials.manage", POST: "credentials.manage" },
  "/api/credentials/[credentialId]": { DELETE: "credentials.manage" },
  "/api/credentials/[credentialId]/rotate": { POST: "credentials.manage" },
  "/api/credentials/addresses": { PUT: "credentials.manage" },
  /** Counts and times for Prometheus, which sends an API key. */
  "/metrics": { GET: "health.view" },
  "/api/health/detail": { GET: "health.view" },
  "/api/health/gaps": { PUT: "settings.manage" },
  "/api/health/set-aside/retry": { POST: "settings.manage" },
  "/api/rejections": { GET: "credentials.manage" },
  "/api/setup": { GET: "credentials.manage" },
  "/api/vapi/resources": { GET: "context.edit" },
  "/api/connect": { GET: "settings.manage" },
  "/api/connect/key": { PUT: "settings.manage", DELETE: "settings.manage" },
  "/api/connect/apply": { POST: "settings.manage" },
  "/api/connect/check": { POST: "settings.manage" },
  "/api/connect/changes/[changeId]/restore": { POST: "settings.manage" },
  "/api/imports": { GET: "settings.manage", POST: "settings.manage" },
  "/api/imports/[importId]": { PATCH: "settings.manage" },
  "/api/routing": { GET: "settings.manage", PUT: "settings.manage" },
  "/api/routing/dry-run": { POST: "settings.manage" },
  "/api/routing/requests": { GET: "settings.manage" },
  "/api/routing/latency": { GET: "calls.view" },
  "/api/privacy/retention": { GET: "settings.manage", PUT: "settings.manage" },
  "/api/privacy/masking": { GET: "settings.manage", PUT: "settings.manage" },
  "/api/privacy/preview": { POST: "data.delete" },
  "/api/privacy/deletion": { POST: "data.delete" },
  "/api/knowledge": { GET: "settings.manage", POST: "settings.manage" },
  "/api/knowledge/[documentId]": {
    GET: "settings.manage",
    PUT: "settings.manage",
    DELETE: "settings.manage",
  },
  "/api/knowledge/preview": { POST: "settings.manage" },
  "/api/dialing/rules": { GET: "settings.manage", PUT: "settings.manage" },
  "/api/dialing/transfers": { GET: "settings.manage", PUT: "settings.manage" },
  "/api/dialing/check": { POST: "settings.manage" },
  "/api/dialing/do-not-call": { GET: "settings.manage", POST: "settings.manage" },
  "/api/dialing/do-not-call/[numberHash]": { DELETE: "settings.manage" },
  "/api/audit": { GET: "audit.view" },
  "/api/audit/export": { GET: "audit.view" },

  /** better-auth, limited to the endpoints in lib/auth/schemas.ts. */
  "/api/auth/[...all]": { GET: "public", POST: "public" },
  /** Requires the setup token, and works only while no person exists. */
  "/api/welcome": { POST: "public" },
  /** Requires an invitation's token. */
  "/api/invitations/accept": { POST: "public" },
  /** Reports only whether events can be accepted. */
  "/api/health": { GET: "public" },
  /** Describes the API and contains no data. */
  "/api/openapi.json": { GET: "public" },

  /** Requires a webhook credential's client id and secret (OAuth 2). */
  "/api/oauth/token": { POST: "public" },

  /** Requires CRON_SECRET as a Bearer token. */
  "/api/cron/tick": { GET: "machine" },
  /** Requires Pusher's signature. */
  "/api/pusher/webhook": { POST: "machine" },

  "/api/webhook": { POST: "webhook" },
  "/api/webhook/[conversationUuid]": { POST: "webhook" },
} as const satisfies Record<string, Partial<Record<Method, Access>>>;

/** The table with its literal types, against which `route()` (lib/http/server/route.ts) checks each route's `access`. */
export type RouteTable = typeof routeTable;

export const routes: Readonly<Record<string, Partial<Record<Method, Access>>>> = routeTable;

/**
 * Permission to subscribe to a Pusher channel, given without its generation; null for an unknown channel. The masked
 * channels have a prefix of their own, so that no call id can make one kind look like the other.
 */
export function channelPermission(channel: string): Permission | null {
  if (channel === "private-board" || /^private-(call|conversation)-.+$/.test(channel)) return "numbers.view";
  if (channel === "private-masked-board" || /^private-masked-(call|conversation)-.+$/.test(channel))
    return "calls.view";
  if (channel === "private-generation") return "calls.view";
  if (/^presence-call-.+$/.test(channel)) return "calls.view";
  return null;
}

/** Access that the page under a path requires; null if there is no page. No path matches two pages. */
export function findPageAccess(pathname: string): Access | null {
  return Object.entries(pages).find(([path]) => toPattern(path).test(pathname))?.[1] ?? null;
}

/** `/calls/[callId]` matches any one segment in place of the brackets. */
function toPattern(path: string): RegExp {
  return new RegExp(`^${path.replace(/\[\w+\]/, "[^/]+")}$`);
}

/** Whether a role sees calls with callers' numbers, names and e-mail addresses masked. */
export function isMaskedFor({ role }: { role: Role }): boolean {
  return !can(role, "numbers.view");
}
