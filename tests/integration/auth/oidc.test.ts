import { randomUUID } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { accounts, auditLog, invitations, sessions, users } from "@/db/schema/auth";
import { realtimeGenerations } from "@/db/schema/operations";
import { peerHeaders } from "@/lib/http/server/peer-address";
import { send } from "@/tests/support/people/send";
import {
  type OidcServer,
  oidcClient,
  signInAtProvider,
  startOidcServer,
} from "@/tests/support/servers/oidc-server";

const origin = "http://localhost:3000";
let provider: OidcServer;
let route: typeof import("@/app/api/auth/[...all]/route");
let people: typeof import("@/tests/support/people/people");
let db: typeof import("@/db/client").db;

/** Reloads the modules, which read the environment only once. */
async function load(environment: Record<string, string>) {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  vi.resetModules();
  route = await import("@/app/api/auth/[...all]/route");
  people = await import("@/tests/support/people/people");
  ({ db } = await import("@/db/client"));
}

const variables = (url: string) => ({
  OIDC_ISSUER_URL: url,
  OIDC_CLIENT_ID: oidcClient.id,
  OIDC_CLIENT_SECRET: oidcClient.secret,
  OIDC_SCOPES: "openid email profile groups",
});

beforeAll(async () => {
  provider = await startOidcServer({ redirectUri: `${origin}/api/auth/callback/oidc` });
});

afterAll(() => provider.stop());

let started = 0;

/** Starts a sign-in with the provider, each from its own address. */
async function start() {
  const json = { provider: "oidc", callbackURL: "/reports", errorCallbackURL: "/sign-in" };
  started += 1;
  const headers = peerHeaders(`10.88.0.${started}`);
  const response = await route.POST(send("/api/auth/sign-in/social", { method: "POST", json, headers }));
  const { url } = await response.json();
  return { url: String(url), cookie: cookiesOf(response) };
}

const cookiesOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");

async function comeBack(callback: string, cookie: string) {
  const response = await route.GET(send(callback, { cookie }));
  const where = new URL(response.headers.get("location") ?? "", origin);
  return { where, cookie: cookiesOf(response) };
}

/** Signs in through the provider. Returns the final location and the cookie. */
async function signInAs(name: string) {
  const { url, cookie } = await start();
  return comeBack(await signInAtProvider(url, name, origin), cookie);
}

/** Creates an account at the provider. */
function known(claims: Record<string, unknown> = {}) {
  const name = `p-${randomUUID()}`;
  const email = `${name}@example.com`;
  const said = { email, email_verified: true, name: "Petra Provided", ...claims };
  provider.claims.set(name, said);
  return { name, email, say: (more: object) => provider.claims.set(name, { ...said, ...more }) };
}

const find = async (email: string) => (await db.select().from(users).where(eq(users.email, email)))[0];

const reason = ({ where }: { where: URL }) => `${where.pathname} ${where.searchParams.get("error")}`;

describe("oidc with roles from a claim", () => {
  beforeAll(() =>
    load({
      ...variables(provider.url),
      OIDC_ROLE_CLAIM: "groups",
      OIDC_ROLE_MAP: "leads=admin,support=operator,readers=viewer",
    }),
  );

  test("the authorization request carries PKCE, a state and a nonce", async () => {
    const { searchParams } = new URL((await start()).url);
    expect(searchParams.get("code_challenge_method")).toBe("S256");
    for (const name of ["code_challenge", "state", "nonce"])
      expect(searchParams.get(name), name).toBeTruthy();
  });

  test("a person signs in without an invitation, gets the claim's highest role and returns to the requested page", async () => {
    const { name, email } = known({ groups: ["readers", "support", "unheard-of"] });
    const { where, cookie } = await signInAs(name);
    expect(where.pathname).toBe("/reports");
    expect(cookie).toContain("session_token=");
    expect(await find(email)).toMatchObject({ role: "operator", emailVerified: true });
    const entries = await db.select().from(auditLog).where(eq(auditLog.target, email));
    expect(entries.map(({ action }) => action)).toContain("person.admitted");
  });

  test("the claim's role overrides the invitation's role, and the invitation is used up", async () => {
    const { name, email } = known({ groups: ["readers"] });
    const { invitePerson } = await import("@/lib/auth/server/people");
    await invitePerson(db, { email, role: "admin" }, { actor: { kind: "system", name: "test" }, ip: null });
    await signInAs(name);
    expect((await find(email))?.role).toBe("viewer");
    const open = and(eq(invitations.email, email), isNull(invitations.acceptedAt));
    expect(await db.$count(invitations, open)).toBe(0);
  });

  test("the provider's tokens are never stored, at the first sign-in or later", async () => {
    const { name, email } = known({ groups: ["readers"] });
    await signInAs(name);
    await signInAs(name);
    const { accessToken, refreshToken, idToken } = accounts;
    const kept = await db
      .select({ accessToken, refreshToken, idToken })
      .from(accounts)
      .innerJoin(users, eq(users.id, accounts.userId))
      .where(eq(users.email, email));
    expect(kept).toEqual([{ accessToken: null, refreshToken: null, idToken: null }]);
  });

  test("the person's role follows the claim at each sign-in", async () => {
    const { name, email, say } = known({ groups: "support" });
    await signInAs(name);
    say({ groups: ["readers"] });
    await signInAs(name);
    expect((await find(email))?.role).toBe("viewer");
    say({ groups: ["leads"] });
    await signInAs(name);
    expect((await find(email))?.role).toBe("admin");
  });

  test("a sign-in that lowers a person's role replaces the realtime generation", async () => {
    const { name, email, say } = known({ groups: ["support"] });
    await signInAs(name);
    const [session] = await db
      .select({ id: sessions.id, userId: users.id })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(eq(users.email, email));
    if (!session) throw new Error("Nobody signed in.");
    const { grantGeneration } = await import("@/lib/realtime/server/generation");
    const [person, sessionId] = [{ id: session.userId, name, email }, session.id];
    const heardOn = await grantGeneration({ kind: "person", ...person, role: "operator", sessionId });
    say({ groups: ["readers"] });
    await signInAs(name);
    const now = await db.select({ generation: realtimeGenerations.generation }).from(realtimeGenerations);
    expect(now).toEqual([{ generation: expect.not.stringMatching(heardOn) }]);
  });

  test("the last admin stays an admin, regardless of the claim", async () => {
    await db.update(users).set({ role: "viewer" });
    const { name, email, say } = known({ groups: ["leads"] });
    await signInAs(name);
    say({ groups: ["readers"] });
    expect((await signInAs(name)).where.pathname).toBe("/reports");
    expect((await find(email))?.role).toBe("admin");
  });

  test("new and known people without a role in the claim are refused, and no account is created", async () => {
    const stranger = known({ groups: ["unheard-of"] });
    expect(reason(await signInAs(stranger.name))).toBe("/sign-in no_role");
    expect(await find(stranger.email)).toBeUndefined();
    const { name, email, say } = known({ groups: ["support"] });
    await signInAs(name);
    say({ groups: [] });
    const again = await signInAs(name);
    expect(reason(again)).toBe("/sign-in no_role");
    expect(again.cookie).not.toContain("session_token=");
    expect((await find(email))?.role).toBe("operator");
  });

  test("an unverified address is refused for new and known people", async () => {
    const { name, email, say } = known({ groups: ["support"], email_verified: false });
    expect(reason(await signInAs(name))).toBe("/sign-in email_not_verified");
    expect(await find(email)).toBeUndefined();
    say({ email_verified: true });
    await signInAs(name);
    say({ email_verified: false });
    expect(reason(await signInAs(name))).toBe("/sign-in email_not_verified");
  });

  test("a verified address is linked to the person with that address, an unverified one is not", async () => {
    const person = await people.signedIn("viewer");
    const { name } = known({ email: person.email, groups: ["support"], email_verified: false });
    expect(reason(await signInAs(name))).toMatch(/^\/sign-in (email_not_verified|account_not_linked)$/);
    const verified = known({ email: person.email, groups: ["support"] });
    expect((await signInAs(verified.name)).where.pathname).toBe("/reports");
    const linked = await db.select().from(accounts).where(eq(accounts.userId, person.id));
    expect(linked.map(({ providerId }) => providerId).sort()).toEqual(["credential", "oidc"]);
    expect((await find(person.email))?.role).toBe("operator");
  });

  test("a blocked person cannot sign in", async () => {
    const { name, email } = known({ groups: ["support"] });
    await signInAs(name);
    await db.update(users).set({ banned: true }).where(eq(users.email, email));
    const again = await signInAs(name);
    expect(reason(again)).toBe("/sign-in BANNED_USER");
    expect(again.cookie).not.toContain("session_token=");
  });

  test("a person with an authenticator app cannot use the API before entering a code", async () => {
    const { name, email } = known({ groups: ["support"] });
    await signInAs(name);
    await db.update(users).set({ twoFactorEnabled: true }).where(eq(users.email, email));
    const { cookie } = await signInAs(name);
    const { GET: listSessions } = await import("@/app/api/sessions/route");
    expect((await listSessions(send("/api/sessions", { cookie }))).status).toBe(403);
  });

  test("an ID token re-signed with the same claims is accepted", async () => {
    provider.tampering = {};
    onTestFinished(() => {
      provider.tampering = null;
    });
    const { name } = known({ groups: ["support"] });
    expect((await signInAs(name)).where.pathname).toBe("/reports");
  });

  test.each([
    ["of another issuer", { claims: { iss: "https://id.example.com" } }],
    ["for another client", { claims: { aud: "another-client" } }],
    ["of another sign-in", { claims: { nonce: "of-another-sign-in" } }],
    ["without a nonce", { claims: { nonce: undefined } }],
    ["of somebody else there", { claims: { sub: "somebody-else" } }],
    ["that is over", { claims: { exp: 1_700_000_000 } }],
    ["that another key has signed", { isForged: true }],
    ["that is missing", { isLeftOut: true }],
  ])("an ID token %s is refused, and no account is created", async (_, tampering) => {
    provider.tampering = tampering;
    onTestFinished(() => {
      provider.tampering = null;
    });
    const { name, email } = known({ groups: ["support"] });
    const { where, cookie } = await signInAs(name);
    expect(where.pathname).toBe("/sign-in");
    expect(cookie).not.toContain("session_token=");
    expect(await find(email)).toBeUndefined();
  });

  test("another provider's claim neither grants nor removes a role", async () => {
    const { checkOidcClaims } = await import("@/lib/auth/server/oidc");
    const person = await people.signedIn("viewer");
    const user = { id: person.id, email: person.email, emailVerified: true, name: "Ana" };
    const oauth = { providerId: "google", profile: { groups: ["leads"] } };
    const context = Object.create(null);
    const source = { action: "sign-in", method: "oauth", oauth } as const;
    expect(await checkOidcClaims(db)({ user, source }, context)).toBeUndefined();
    expect((await find(person.email))?.role).toBe("viewer");
    const without = { ...source, oauth: { ...oauth, profile: {} } };
    expect(await checkOidcClaims(db)({ user, source: without }, context)).toBeUndefined();
  });

  test("the callback is refused in a browser that did not start the sign-in, and from another issuer", async () => {
    const { name, email } = known({ groups: ["support"] });
    const begun = await start();
    const back = await signInAtProvider(begun.url, name, origin);
    const elsewhere = await comeBack(back, (await start()).cookie);
    expect(reason(elsewhere)).toBe("/sign-in state_mismatch");
    const mixedUp = new URL(back);
    mixedUp.searchParams.set("iss", "https://id.example.com");
    expect(reason(await comeBack(mixedUp.href, begun.cookie))).toBe("/sign-in issuer_mismatch");
    expect(elsewhere.cookie).not.toContain("session_token=");
    expect(await find(email)).toBeUndefined();
  });

  test("another sign-in's code, an unknown state or a denial by the provider does not open a session", async () => {
    const { name, email } = known({ groups: ["support"] });
    const [stolen, own] = [await start(), await start()];
    const code = new URL(await signInAtProvider(stolen.url, name, origin)).searchParams.get("code");
    const state = new URL(own.url).searchParams.get("state");
    const callback = "/api/auth/callback/oidc";
    const mixed = await comeBack(`${callback}?code=${code}&state=${state}`, own.cookie);
    expect(reason(mixed)).toBe("/sign-in invalid_code");
    const forged = await comeBack(`${callback}?code=${code}&state=made-up`, own.cookie);
    expect(forged.where.pathname).toBe("/sign-in");
    const third = await start();
    const denied = new URL(third.url).searchParams.get("state");
    const refused = await comeBack(`${callback}?error=access_denied&state=${denied}`, third.cookie);
    expect(reason(refused)).toBe("/sign-in access_denied");
    for (const { cookie } of [mixed, forged, refused]) expect(cookie).not.toContain("session_token=");
    expect(await find(email)).toBeUndefined();
  });
});

test("oidc: the default role admits people without a role claim; a nested claim in the ID token takes precedence", async () => {
  const other = await startOidcServer({
    redirectUri: `${origin}/api/auth/callback/oidc`,
    isFullIdToken: true,
  });
  onTestFinished(other.stop);
  await load({
    ...variables(other.url),
    OIDC_ROLE_CLAIM: "realm.roles",
    OIDC_ROLE_MAP: "",
    OIDC_DEFAULT_ROLE: "viewer",
  });
  const { name, email } = known();
  const nested = known({ realm: { roles: ["operator"] } });
  for (const [key, claims] of provider.claims) other.claims.set(key, claims);
  await signInAs(name);
  expect((await find(email))?.role).toBe("viewer");
  await signInAs(nested.name);
  expect((await find(nested.email))?.role).toBe("operator");
});

test("oidc: a provider without a key URL is reported as not responding", async () => {
  const other = await startOidcServer({
    redirectUri: `${origin}/api/auth/callback/oidc`,
    isKeyless: true,
  });
  onTestFinished(other.stop);
  await load({ ...variables(other.url), OIDC_ROLE_CLAIM: "", OIDC_ROLE_MAP: "", OIDC_DEFAULT_ROLE: "" });
  const json = { provider: "oidc", callbackURL: "/" };
  const response = await route.POST(send("/api/auth/sign-in/social", { method: "POST", json }));
  expect([response.ok, (await response.json()).message]).toEqual([
    false,
    expect.stringContaining("The identity provider is not responding."),
  ]);
});

test("oidc: people join by invitation only when no role claim is configured", async () => {
  await load({ ...variables(provider.url), OIDC_ROLE_CLAIM: "" });
  const { name, email } = known({ groups: ["leads"] });
  expect(reason(await signInAs(name))).toBe("/sign-in not_invited");
  const { invitePerson } = await import("@/lib/auth/server/people");
  await invitePerson(db, { email, role: "operator" }, { actor: { kind: "system", name: "test" }, ip: null });
  expect((await signInAs(name)).where.pathname).toBe("/reports");
  expect((await find(email))?.role).toBe("operator");
});

test("oidc: an invitation whose person could not be created stays open, and is not recorded as accepted", async () => {
  await load({ ...variables(provider.url), OIDC_ROLE_CLAIM: "" });
  const { name, email } = known({ groups: ["leads"] });
  const { invitePerson } = await import("@/lib/auth/server/people");
  await invitePerson(db, { email, role: "operator" }, { actor: { kind: "system", name: "test" }, ip: null });
  await db.execute(`create function refuse_people() returns trigger language plpgsql as
    $$ begin raise exception 'the disk is full'; end $$`);
  await db.execute(
    "create trigger refuse before insert on users for each row execute function refuse_people()",
  );
  const failed = await signInAs(name);
  await db.execute("drop function refuse_people cascade");
  expect(failed.where.pathname).toBe("/sign-in");
  const accepted = () =>
    db
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.action, "invitation.accepted"), eq(auditLog.target, email)));
  expect(await accepted()).toEqual([]);
  expect((await signInAs(name)).where.pathname).toBe("/reports");
  expect(await accepted()).toHaveLength(1);
});

test("oidc: a provider that left one request unanswered is asked again for the next", async () => {
  provider.isSilent = true;
  onTestFinished(() => {
    provider.isSilent = false;
  });
  await load(variables(provider.url));
  const json = { provider: "oidc", callbackURL: "/" };
  const ask = () => route.POST(send("/api/auth/sign-in/social", { method: "POST", json }));
  expect((await ask()).status).toBe(503);
  provider.isSilent = false;
  expect((await ask()).status).toBe(200);
});

test("oidc: an unreachable provider is reported as not responding, and password sign-ins still work", async () => {
  await load(variables("http://127.0.0.1:9"));
  const json = { provider: "oidc", callbackURL: "/" };
  const response = await route.POST(send("/api/auth/sign-in/social", { method: "POST", json }));
  expect(response.ok).toBe(false);
  expect(JSON.stringify(await response.json())).toContain("The identity provider is not responding.");
  const back = await comeBack("/api/auth/callback/oidc?code=x&state=y", "");
  expect(back.where.pathname).toBe("/sign-in");
  await people.signedIn("viewer");
});
