import { and, desc, eq } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { POST as auth, GET as authGet } from "@/app/api/auth/[...all]/route";
import { PATCH as changePerson } from "@/app/api/people/[userId]/route";
import { DELETE as resetFactor } from "@/app/api/people/[userId]/second-factor/route";
import { PUT as setRequirement } from "@/app/api/second-factor/route";
import { GET as listSessions } from "@/app/api/sessions/route";
import { db } from "@/db/client";
import { writeSetting } from "@/db/queries/settings";
import { accounts, auditLog, passkeys, sessions, signInAttempts, twoFactors } from "@/db/schema/auth";
import { requirementSetting } from "@/lib/auth/second-factor";
import { createApiKey } from "@/lib/auth/server/keys";
import { hashSecret } from "@/lib/auth/server/secrets";
import { cookieFrom, password, signedIn, signIn, type TestPerson } from "@/tests/support/people/people";
import {
  askAuth,
  passwordStep,
  setUpApp,
  signedInWithApp,
  type WithApp,
} from "@/tests/support/people/second-factor";
import { send } from "@/tests/support/people/send";
import { totpCode, wrongCode } from "@/tests/support/people/totp";

const apiStatus = async (cookie: string) => (await listSessions(send("/api/sessions", { cookie }))).status;

const auditOf = async ({ email }: TestPerson) =>
  (
    await db
      .select({ action: auditLog.action, detail: auditLog.detail })
      .from(auditLog)
      .where(eq(auditLog.actorName, email))
      .orderBy(desc(auditLog.id))
  ).map(({ action, detail }) => (detail?.by ? `${action}: ${detail.by}` : action));

const requireOf = (requiredOf: "nobody" | "admins" | "everybody") =>
  writeSetting(db, requirementSetting, { requiredOf });

/** A person's passkey, with only what is needed to count as having one. */
const passkeyOf = ({ id }: TestPerson) => ({
  id,
  userId: id,
  publicKey: "key",
  credentialID: id,
  counter: 0,
  deviceType: "singleDevice",
  backedUp: false,
});

const verify = (cookie: string, code: string) => askAuth("two-factor/verify-totp", cookie, { code });

afterEach(() => requireOf("nobody"));

describe("an authenticator app", () => {
  test("is set up with the password, turned on with its first code, and then ends the person's other sessions", async () => {
    const person = await signedIn("viewer");
    const other = await cookieFrom(await signIn(person.email, password));
    expect((await askAuth("two-factor/enable", person.cookie, { password: "not the password" })).status).toBe(
      400,
    );
    const { cookie } = await setUpApp(person);
    expect(await Promise.all([cookie, person.cookie, other].map(apiStatus))).toEqual([200, 401, 401]);
    expect(await auditOf(person)).toContain("authenticator.added");
  });

  test("leaves no plain-text secret or recovery code in its row or the audit log", async () => {
    const { id, uri, recoveryCodes } = await signedInWithApp("viewer");
    const [row] = await db.select().from(twoFactors).where(eq(twoFactors.userId, id));
    const kept = JSON.stringify([row, await db.select().from(auditLog)]);
    const secret = new URL(uri).searchParams.get("secret") ?? "";
    const plain = Buffer.from(secret).toString();
    expect(recoveryCodes).toHaveLength(10);
    for (const text of [secret, plain, ...recoveryCodes]) expect(kept).not.toContain(text);
  });

  test("is required after the password: the password alone opens no session", async () => {
    const person = await signedInWithApp("viewer");
    const answer = await signIn(person.email, password);
    expect(await answer.clone().json()).toMatchObject({ twoFactorRedirect: true });
    const pending = await cookieFrom(answer);
    expect(await apiStatus(pending)).toBe(401);
    const signIns = (await auditOf(person)).filter((entry) => entry.startsWith("sign-in"));
    // The sign-in before the app was set up.
    expect(signIns).toEqual(["sign-in: password"]);

    const opened = await cookieFrom(await verify(pending, totpCode(person.uri, 1)));
    expect(await apiStatus(opened)).toBe(200);
    expect((await auditOf(person))[0]).toBe("sign-in: password, authenticator app");
  });

  test("accepts its setup code only once", async () => {
    const person = await signedIn("viewer");
    const { totpURI } = await (await askAuth("two-factor/enable", person.cookie, { password })).json();
    const code = totpCode(totpURI);
    expect((await verify(person.cookie, code)).status).toBe(200);
    const again = await verify(await passwordStep(person), code);
    expect(again.status).toBe(401);
    expect((await again.json()).message).toMatch(/^This code was already used/);
  });

  test("accepts a code even if another person has used the same code for their own app", async () => {
    const [first, second] = [await signedInWithApp("viewer"), await signedInWithApp("viewer")];
    const [same] = await db.select().from(twoFactors).where(eq(twoFactors.userId, first.id));
    await db.update(twoFactors).set({ secret: same?.secret }).where(eq(twoFactors.userId, second.id));
    const code = totpCode(first.uri, 1);
    for (const person of [first, second])
      expect((await verify(await passwordStep(person), code)).status).toBe(200);
  });

  test("has recovery codes that work once each, until new ones replace them", async () => {
    const person = await signedInWithApp("viewer");
    const [first = "", second = ""] = person.recoveryCodes;
    const use = async (code: string) =>
      askAuth("two-factor/verify-backup-code", await passwordStep(person), { code });
    const opened = await use(first);
    expect(opened.status).toBe(200);
    expect((await auditOf(person))[0]).toBe("sign-in: password, recovery code");
    expect((await use(first)).status).toBe(401);

    const made = await askAuth("two-factor/generate-backup-codes", await cookieFrom(opened), { password });
    const { backupCodes } = await made.json();
    expect((await use(second)).status).toBe(401);
    expect((await use(backupCodes[0])).status).toBe(200);
    expect(await auditOf(person)).toContain("recovery-codes.created");
  });

  test("counts wrong codes and unfinished password steps together: ten lock the address, even for the right code", async () => {
    const person = await signedInWithApp("viewer");
    const waiting = await passwordStep(person);
    const other = await passwordStep(person);
    for (let guess = 0; guess < 4; guess += 1) {
      expect((await verify(waiting, wrongCode(person.uri))).status).toBe(401);
      const code = "aaaaa-bbbbb";
      expect((await askAuth("two-factor/verify-backup-code", other, { code })).status).toBe(401);
    }
    const right = await verify(waiting, totpCode(person.uri));
    expect(right.status).toBe(429);
    expect((await right.json()).message).toMatch(/^Too many failed sign-ins for this address/);
    expect((await signIn(person.email, password)).status).toBe(429);
    const strangers = await db.select().from(auditLog).where(eq(auditLog.target, person.email));
    expect(strangers.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["sign-in.failed", "sign-in.locked"]),
    );
  });

  test("is needed to reset the count of failed attempts: a right password alone does not reset it", async () => {
    const person = await signedInWithApp("viewer");
    await db
      .insert(signInAttempts)
      .values({ emailHash: hashSecret(person.email), attempts: 9, since: new Date() });
    expect((await signIn(person.email, password)).status).toBe(200);
    expect((await signIn(person.email, password)).status).toBe(429);
  });

  test("resets the count of failed attempts with a right code", async () => {
    const person = await signedInWithApp("viewer");
    await db
      .insert(signInAttempts)
      .values({ emailHash: hashSecret(person.email), attempts: 8, since: new Date() });
    expect((await verify(await passwordStep(person), totpCode(person.uri, 1))).status).toBe(200);
    expect((await signIn(person.email, password)).status).toBe(200);
  });

  test("can be set up without a password by people who have none", async () => {
    const person = await signedIn("viewer");
    await db.delete(accounts).where(eq(accounts.userId, person.id));
    expect((await askAuth("two-factor/enable", person.cookie)).status).toBe(200);
  });

  test("does not lock the address for wrong codes during setup", async () => {
    const person = await signedIn("viewer");
    const { totpURI } = await (await askAuth("two-factor/enable", person.cookie, { password })).json();
    for (let guess = 0; guess < 11; guess += 1)
      expect((await verify(person.cookie, wrongCode(totpURI))).status).toBe(401);
    expect((await verify(person.cookie, totpCode(totpURI))).status).toBe(200);
  });

  test("can be turned off with the password, after which the password alone signs in", async () => {
    const person = await signedInWithApp("viewer");
    const off = await askAuth("two-factor/disable", person.cookie, { password });
    expect(await apiStatus(await cookieFrom(off))).toBe(200);
    expect(await apiStatus(await cookieFrom(await signIn(person.email, password)))).toBe(200);
    expect(await auditOf(person)).toContain("authenticator.removed");
  });

  test("keeps a confirmed session confirmed after a password change; an unconfirmed session stays unconfirmed", async () => {
    const changed = async ({ cookie }: TestPerson) => {
      const json = {
        currentPassword: password,
        newPassword: "another horse battery",
        revokeOtherSessions: true,
      };
      return cookieFrom(await askAuth("change-password", cookie, json));
    };
    const confirmed = await changed(await signedInWithApp("viewer"));
    const other = await changed(await signedIn("viewer"));
    expect(await Promise.all([confirmed, other].map(apiStatus))).toEqual([200, 200]);
    await requireOf("everybody");
    expect(await Promise.all([confirmed, other].map(apiStatus))).toEqual([200, 403]);
  });
});

describe("a session of a person with an authenticator app", () => {
  const unconfirmed = async (person: WithApp) => {
    await db.update(sessions).set({ secondFactor: false }).where(eq(sessions.userId, person.id));
    return person.cookie;
  };

  test("can use neither the API nor the account endpoints until a right code is entered in it", async () => {
    const person = await signedInWithApp("admin");
    const code = person.recoveryCodes[0];
    const elsewhere = await askAuth("two-factor/verify-backup-code", await passwordStep(person), { code });
    const cookie = await unconfirmed(person);
    expect(await apiStatus(cookie)).toBe(403);
    for (const [path, json] of [
      ["two-factor/disable", { password }],
      ["two-factor/enable", { password }],
      ["two-factor/generate-backup-codes", { password }],
      ["change-password", { currentPassword: password, newPassword: "another horse battery" }],
      ["passkey/delete-passkey", { id: "x" }],
    ] as const)
      expect((await askAuth(path, cookie, json)).status, path).toBe(403);
    for (const path of ["get-session", "passkey/generate-register-options"])
      expect((await authGet(send(`/api/auth/${path}`, { cookie }))).status, path).toBe(403);

    expect((await verify(cookie, wrongCode(person.uri))).status).toBe(401);
    expect(await apiStatus(cookie)).toBe(403);
    expect((await verify(cookie, totpCode(person.uri, 1))).status).toBe(200);
    expect(await apiStatus(cookie)).toBe(200);
    expect(await apiStatus(await cookieFrom(elsewhere))).toBe(403);
    expect((await auditOf(person))[0]).toBe("second-factor.confirmed: authenticator app");
  });

  test("cannot be used by another site's page to turn the app off", async () => {
    const { id, cookie } = await signedInWithApp("viewer");
    const json = { password };
    const headers = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    const path = "/api/auth/two-factor/disable";
    const response = await auth(send(path, { method: "POST", cookie, json, headers }));
    expect(response.status).toBe(403);
    expect(await db.$count(twoFactors, eq(twoFactors.userId, id))).toBe(1);
  });

  test("can sign out without a code", async () => {
    const cookie = await unconfirmed(await signedInWithApp("viewer"));
    expect((await askAuth("sign-out", cookie)).status).toBe(200);
    expect(await apiStatus(cookie)).toBe(401);
  });
});

describe("a second-factor requirement", () => {
  const put = (by: { cookie: string }, requiredOf: string) =>
    setRequirement(send("/api/second-factor", { method: "PUT", cookie: by.cookie, json: { requiredOf } }));

  test("can be turned on only by an admin with a second factor, and signs out people without one", async () => {
    const admin = await signedIn("admin");
    const viewer = await signedIn("viewer");
    const secured = await signedInWithApp("viewer");
    expect((await put(admin, "everybody")).status).toBe(409);
    const withApp = await setUpApp(admin);
    expect((await put(viewer, "everybody")).status).toBe(403);
    expect((await put(withApp, "everybody")).status).toBe(204);
    expect(await Promise.all([withApp, viewer, secured].map(({ cookie }) => apiStatus(cookie)))).toEqual([
      200, 401, 200,
    ]);
    expect(await auditOf(admin)).toContain("second-factor.requirement-changed");
  });

  test("signs out only the people it applies to", async () => {
    const [withApp, admin, viewer] = [
      await signedInWithApp("admin"),
      await signedIn("admin"),
      await signedIn("viewer"),
    ];
    expect((await put(withApp, "admins")).status).toBe(204);
    expect(await Promise.all([withApp, admin, viewer].map(({ cookie }) => apiStatus(cookie)))).toEqual([
      200, 401, 200,
    ]);
  });

  test("can be turned on by an admin with a passkey, and turned off by an admin without a second factor", async () => {
    const admin = await signedIn("admin");
    expect((await put(admin, "nobody")).status).toBe(204);
    await db.insert(passkeys).values(passkeyOf(admin));
    expect((await put(admin, "admins")).status).toBe(204);
  });

  test("limits a password session to setting up a second factor, which then opens the API", async () => {
    const person = await signedIn("viewer");
    await requireOf("everybody");
    expect(await apiStatus(person.cookie)).toBe(403);
    expect((await authGet(send("/api/auth/get-session", person))).status).toBe(403);
    const changed = await askAuth("change-password", person.cookie, {
      currentPassword: password,
      newPassword: "another horse battery",
    });
    expect(changed.status).toBe(403);
    expect(await apiStatus((await setUpApp(person)).cookie)).toBe(200);
  });

  test("keeps the password session of a person with a passkey from using the API or setting up another factor", async () => {
    const person = await signedIn("viewer");
    await db.insert(passkeys).values(passkeyOf(person));
    expect(await apiStatus(person.cookie)).toBe(200);
    await requireOf("everybody");
    expect(await apiStatus(person.cookie)).toBe(403);
    expect((await askAuth("two-factor/enable", person.cookie, { password })).status).toBe(403);
    const { status } = await authGet(send("/api/auth/passkey/generate-register-options", person));
    expect(status).toBe(403);
  });

  test("does not accept recovery codes of an unconfirmed app", async () => {
    const person = await signedIn("viewer");
    await requireOf("everybody");
    const enabled = await askAuth("two-factor/enable", person.cookie, { password });
    const [code] = (await enabled.json()).backupCodes;
    await askAuth("two-factor/verify-backup-code", person.cookie, { code });
    expect(await apiStatus(person.cookie)).toBe(403);
  });

  test("for admins applies to others only once they become admins", async () => {
    const admin = await signedInWithApp("admin");
    const viewer = await signedIn("viewer");
    await requireOf("admins");
    expect(await apiStatus(viewer.cookie)).toBe(200);
    const json = { role: "admin" };
    await changePerson(send("/x", { method: "PATCH", cookie: admin.cookie, json }), {
      params: Promise.resolve({ userId: viewer.id }),
    });
    expect(await apiStatus(viewer.cookie)).toBe(403);
  });

  test("does not affect API keys", async () => {
    await requireOf("everybody");
    const by = { actor: { kind: "system", name: "test" }, ip: null } as const;
    const key = await createApiKey(db, { name: "script", role: "viewer", expiresInDays: 1 }, by);
    expect((await listSessions(send("/api/sessions", { key }))).status).toBe(200);
  });

  test("prevents the removal of a person's last second factor", async () => {
    const person = await signedInWithApp("viewer");
    await requireOf("everybody");
    const off = await askAuth("two-factor/disable", person.cookie, { password });
    expect(off.status).toBe(403);
    expect((await off.json()).message).toMatch(/Add another before you remove this one/);
  });
});

test("second factor: an admin's reset ends sessions and removes app, codes and passkeys; the password alone then signs in", async () => {
  const admin = await signedIn("admin");
  const person = await signedInWithApp("viewer");
  await db.insert(passkeys).values(passkeyOf(person));
  const about = { params: Promise.resolve({ userId: person.id }) };
  const asViewer = await resetFactor(send("/x", { method: "DELETE", cookie: person.cookie }), about);
  expect(asViewer.status).toBe(403);
  const reset = await resetFactor(send("/x", { method: "DELETE", cookie: admin.cookie }), about);
  expect(reset.status).toBe(204);
  expect(await db.$count(twoFactors, eq(twoFactors.userId, person.id))).toBe(0);
  expect(await db.$count(passkeys, eq(passkeys.userId, person.id))).toBe(0);
  expect(await apiStatus(person.cookie)).toBe(401);
  expect(await apiStatus(await cookieFrom(await signIn(person.email, password)))).toBe(200);
  const [entry] = await db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.action, "second-factor.reset"), eq(auditLog.target, person.email)));
  expect(entry?.actorName).toBe(admin.email);
});
