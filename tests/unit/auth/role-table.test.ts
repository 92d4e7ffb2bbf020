import { describe, expect, test } from "vitest";
import { can, channelPermission, isMaskedFor, type Permission, pages, routes } from "@/lib/auth/permissions";
import { type Role, roles } from "@/lib/auth/roles";

/*
 * The roles, restated by hand. The end-to-end matrix takes its expectations from the table it checks, so only this
 * test notices a permission given to a lower role, or a route that requires less.
 */

const viewer: Role[] = ["viewer", "operator", "admin"];
const operator: Role[] = ["operator", "admin"];
const admin: Role[] = ["admin"];

const holders: Record<Permission, Role[]> = {
  "calls.view": viewer,
  "account.own": viewer,
  "numbers.view": operator,
  "alerts.act": operator,
  "calls.review": operator,
  "context.edit": operator,
  "events.view": operator,
  "events.replay": operator,
  "health.view": operator,
  "tools.view": operator,
  "rules.view": operator,
  "calls.listen": operator,
  "calls.control": operator,
  "people.manage": admin,
  "keys.manage": admin,
  "credentials.manage": admin,
  "settings.manage": admin,
  "audit.view": admin,
  "data.delete": admin,
};

describe("roles, stated by hand", () => {
  // Complete by type: a missing permission is a type error.
  test.each(Object.entries(holders))("%s is granted to %j", (permission, expected) => {
    // Object.entries widens the keys; each is one of the record's own.
    expect(roles.filter((role) => can(role, permission as Permission))).toEqual(expected);
  });

  test("let viewers change only their own data", () => {
    const changed = Object.entries(routes).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, access]) =>
        method !== "GET" && (access === "calls.view" || access === "account.own") ? `${method} ${path}` : [],
      ),
    );
    expect(changed.sort()).toEqual([
      "DELETE /api/push-subscriptions/[subscriptionId]",
      "DELETE /api/report-views/[viewId]",
      "DELETE /api/sessions/[sessionId]",
      "POST /api/pusher/auth",
      "POST /api/report-views",
      "PUT /api/account/number",
      "PUT /api/push-subscriptions",
      "PUT /api/reports/columns",
    ]);
  });

  test("only the listed pages and routes need no sign-in", () => {
    const open = [...Object.entries(pages), ...Object.entries(routes).flatMap(toMethods)];
    expect(open.flatMap(([path, access]) => (access === "public" ? path : [])).sort()).toEqual([
      "/forgot-password",
      "/invite/[token]",
      "/no-access",
      "/reset-password",
      "/second-factor",
      "/sign-in",
      "/welcome",
      "GET /api/auth/[...all]",
      "GET /api/health",
      "GET /api/openapi.json",
      "POST /api/auth/[...all]",
      "POST /api/invitations/accept",
      "POST /api/oauth/token",
      "POST /api/welcome",
    ]);
  });

  const sensitive: [Permission, string[]][] = [
    ["people.manage", ["/people", "/invitations"]],
    ["keys.manage", ["/keys"]],
    ["credentials.manage", ["/credentials", "/rejections", "/setup"]],
    ["audit.view", ["/audit"]],
    ["calls.listen", ["/recording"]],
    ["events.view", ["/events", "/capture"]],
    ["health.view", ["/health/detail", "/settings/health"]],
  ];

  test.each(sensitive)("require %s for every page and route under %j", (permission, places) => {
    const all = [...Object.entries(pages), ...Object.entries(routes).flatMap(toMethods)];
    const under = all.filter(([path]) =>
      places.some((place) => new RegExp(`${place}(/|$)`).test(path) && !/accept|replay/.test(path)),
    );
    expect(under.length).toBeGreaterThan(0);
    expect(new Set(under.map(([, access]) => access))).toEqual(new Set([permission]));
  });

  test("mask caller data for viewers only", () => {
    expect(roles.filter((role) => isMaskedFor({ role }))).toEqual(["viewer"]);
  });

  test("need data.delete for routes that delete calls", () => {
    expect(routes["/api/privacy/deletion"]).toEqual({ POST: "data.delete" });
    expect(routes["/api/privacy/preview"]).toEqual({ POST: "data.delete" });
    expect(routes["/api/conversations/[uuid]"]?.DELETE).toBe("data.delete");
  });
});

describe("channels, stated by hand", () => {
  const listeners: Record<string, Role[]> = {
    "private-board": operator,
    "private-call-0195": operator,
    "private-conversation-0195": operator,
    "private-call-masked-board": operator,
    "private-masked-board": viewer,
    "private-masked-call-0195": viewer,
    "private-masked-conversation-0195": viewer,
    "presence-call-0195": viewer,
    "private-generation": viewer,
    "private-anything": [],
    "private-masked-anything": [],
    "private-encrypted-board": [],
    "presence-board": [],
    board: [],
    "x-private-board": [],
    "x-private-call-0195": [],
    "private-call-0195\n": [],
    "x-private-masked-call-0195": [],
    "private-masked-call-0195\n": [],
    "x-presence-call-0195": [],
    "presence-call-0195\n": [],
  };

  test.each(Object.entries(listeners))("%s may be joined by %j", (channel, expected) => {
    const permission = channelPermission(channel);
    expect(roles.filter((role) => permission !== null && can(role, permission))).toEqual(expected);
  });
});

function toMethods([path, methods]: [string, (typeof routes)[string]]): [string, string | undefined][] {
  return Object.entries(methods).map(([method, access]) => [`${method} ${path}`, access]);
}
