import { type Access, can, pages, routes } from "@/lib/auth/permissions";
import { type Role, roles } from "@/lib/auth/roles";
import { expect, test } from "@/tests/support/e2e";
import { adminRequests, inviteNewcomer } from "@/tests/support/e2e/newcomer";

type Caller = { name: string; role: Role | null; headers: Record<string, string> };

const anyId = "00000000-0000-4000-8000-000000000000";
const toPath = (pattern: string) => pattern.replace("[...all]", "get-session").replace(/\[\w+\]/g, anyId);

let callers: Caller[];

test.beforeAll(async ({ app }) => {
  const admin = await adminRequests(app.url);
  callers = [{ name: "nobody", role: null, headers: {} }];
  for (const role of roles) {
    const { cookie } = await inviteNewcomer(app.url, role);
    callers.push({ name: `${role} with a session`, role, headers: { cookie, origin: app.url } });
    const made = await admin.post("/api/keys", { data: { name: `matrix ${role}`, role, expiresInDays: 1 } });
    const { key } = await made.json();
    callers.push({ name: `${role} with an API key`, role, headers: { authorization: `Bearer ${key}` } });
  }
  await admin.dispose();
});

for (const [pattern, methods] of Object.entries(routes)) {
  for (const [method, access] of Object.entries(methods)) {
    test(`access: ${method} ${pattern} enforces the access level ${access}`, async ({ app }) => {
      for (const { name, role, headers } of callers) {
        const response = await fetch(new URL(toPath(pattern), app.url), {
          method,
          headers: { ...headers, ...(method === "GET" ? {} : { "content-type": "application/json" }) },
          ...(method === "GET" ? {} : { body: "{}" }),
        });
        expect(`${name}: ${verdictOf(response.status)}`).toBe(`${name}: ${expectedOf(access, role)}`);
      }
    });
  }
}

for (const [pattern, access] of Object.entries(pages)) {
  test(`access: the page ${pattern} enforces the access level ${access}`, async ({ app }) => {
    for (const { name, role, headers } of callers.filter(
      ({ headers: { authorization } }) => !authorization,
    )) {
      const path = toPath(pattern);
      const response = await fetch(new URL(path, app.url), { headers, redirect: "manual" });
      const location = new URL(response.headers.get("location") ?? path, app.url);
      const leads =
        { "/sign-in": "not signed in", "/no-access": "not allowed" }[location.pathname] ?? "let in";
      const expected = access === "public" ? "let in" : expectedOf(access, role);
      // The sign-in page redirects by itself, and /welcome redirects to it.
      const isOwnLead = ["/sign-in", "/no-access", "/welcome"].includes(path);
      if (!isOwnLead) expect(`${name}: ${leads}`).toBe(`${name}: ${expected}`);
      expect([200, 307, 404]).toContain(response.status);
      if (leads === "not signed in" && !isOwnLead) {
        expect(location.searchParams.get("next")).toBe(path === "/" ? null : path);
      }
    }
  });
}

function verdictOf(status: number): string {
  if (status === 401) return "not signed in";
  return status === 403 ? "not allowed" : status < 500 ? "let in" : `failed with ${status}`;
}

function expectedOf(access: Access, role: Role | null): string {
  if (access === "public") return "let in";
  // They take their own credential, and neither a session nor a key.
  if (access === "webhook" || access === "machine" || role === null) return "not signed in";
  return can(role, access) ? "let in" : "not allowed";
}
