import { desc, eq, sql } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { GET as authGet } from "@/app/api/auth/[...all]/route";
import { GET as listSessions } from "@/app/api/sessions/route";
import { db } from "@/db/client";
import { writeSetting } from "@/db/queries/settings";
import { auditLog, passkeys, sessions, signInAttempts, users } from "@/db/schema/auth";
import { requirementSetting } from "@/lib/auth/second-factor";
import { hashSecret } from "@/lib/auth/server/secrets";
import { peerHeaders } from "@/lib/http/server/peer-address";
import { type Dishonesty, makePasskeyDevice } from "@/tests/support/people/passkey-device";
import { cookieFrom, password, signedIn, signIn, type TestPerson } from "@/tests/support/people/people";
import { askAuth, setUpApp } from "@/tests/support/people/second-factor";
import { send } from "@/tests/support/people/send";

type Device = ReturnType<typeof makePasskeyDevice>;

const apiStatus = async (cookie: string) => (await listSessions(send("/api/sessions", { cookie }))).status;

const requireOf = (requiredOf: "nobody" | "everybody") =>
  writeSetting(db, requirementSetting, { requiredOf });

afterEach(() => requireOf("nobody"));

let asked = 0;

/** Starts a ceremony. Returns the options to sign, and the cookies for the response. */
async function begin(ceremony: "register" | "authenticate", cookie = "") {
  asked += 1;
  const path = `/api/auth/passkey/generate-${ceremony}-options`;
  const response = await authGet(send(path, { cookie, headers: peerHeaders(`10.66.0.${asked}`) }));
  const options: { challenge: string } = await response.clone().json();
  return { options, cookie: `${cookie}; ${await cookieFrom(response)}` };
}

async function add(device: Device, { cookie }: { cookie: string }, dishonesty?: Dishonesty) {
  const begun = await begin("register", cookie);
  const response = device.register(begun.options, dishonesty);
  return askAuth("passkey/verify-registration", begun.cookie, { response, name: "Laptop" });
}

async function signInWith(device: Device, dishonesty?: Dishonesty, cookie?: string) {
  const begun = await begin("authenticate", cookie);
  const response = device.authenticate(begun.options, dishonesty);
  return askAuth("passkey/verify-authentication", begun.cookie, { response });
}

async function withPasskey(): Promise<TestPerson & { device: Device; passkeyId: string }> {
  const person = await signedIn("viewer");
  const device = makePasskeyDevice();
  const { id } = await (await add(device, person)).json();
  return { ...person, device, passkeyId: id };
}

const lastAudit = async ({ email }: TestPerson) =>
  (
    await db
      .select({ action: auditLog.action, detail: auditLog.detail })
      .from(auditLog)
      .where(eq(auditLog.actorName, email))
      .orderBy(desc(auditLog.id))
      .limit(1)
  )[0];

const remove = ({ cookie, passkeyId }: { cookie: string; passkeyId: string }) =>
  askAuth("passkey/delete-passkey", cookie, { id: passkeyId });

describe("a passkey", () => {
  test("signs in without a password, even where a second factor is required, and the audit log records it", async () => {
    const { device, ...person } = await withPasskey();
    await requireOf("everybody");
    const opened = await signInWith(device);
    expect(opened.status).toBe(200);
    expect(await apiStatus(await cookieFrom(opened))).toBe(200);
    expect(await lastAudit(person)).toEqual({ action: "sign-in", detail: { by: "passkey" } });
  });

  test.each([
    ["has not checked its owner", { isUserVerified: false }],
    ["answers another site's page", { origin: "https://evil.example" }],
    ["has it for another host", { host: "evil.example" }],
    ["answers another request", { challenge: "b2YtYW5vdGhlci1yZXF1ZXN0" }],
    ["signs with another key", { isForged: true }],
    ["has signed less often than before: a copy", { counter: 1 }],
  ])("is refused when its device %s", async (_, dishonesty) => {
    const { device } = await withPasskey();
    expect((await signInWith(device)).status).toBe(200);
    const refused = await signInWith(device, dishonesty);
    expect(refused.ok).toBe(false);
    expect(refused.headers.getSetCookie().join()).not.toContain("session_token=");
  });

  test.each([
    ["has not checked its owner", { isUserVerified: false }],
    ["answers another site's page", { origin: "https://evil.example" }],
    ["makes it for another host", { host: "evil.example" }],
    ["answers another request", { challenge: "b2YtYW5vdGhlci1yZXF1ZXN0" }],
  ])("is not added when its device %s", async (_, dishonesty) => {
    const person = await signedIn("viewer");
    expect((await add(makePasskeyDevice(), person, dishonesty)).ok).toBe(false);
    expect(await db.$count(passkeys, eq(passkeys.userId, person.id))).toBe(0);
  });

  test("can answer each challenge only once", async () => {
    const { device } = await withPasskey();
    const { options, cookie } = await begin("authenticate");
    const use = () =>
      askAuth("passkey/verify-authentication", cookie, { response: device.authenticate(options) });
    expect([(await use()).status, (await use()).status]).toEqual([200, 400]);
  });

  test("is registered as discoverable, with user verification required", async () => {
    const { options } = await begin("register", (await signedIn("viewer")).cookie);
    expect(options).toMatchObject({
      rp: { id: "localhost" },
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
    });
  });

  test("is added only to the person who asked for its challenge, by that person, and with that person's cookie", async () => {
    const [asker, other] = [await signedIn("viewer"), await signedIn("viewer")];
    const ofBoth = async () => [
      await db.$count(passkeys, eq(passkeys.userId, asker.id)),
      await db.$count(passkeys, eq(passkeys.userId, other.id)),
    ];
    /** Answers a challenge of the asker's in the session of `by`. */
    const answer = async (by: TestPerson, withCookie: boolean) => {
      const begun = await begin("register", asker.cookie);
      const challenge = begun.cookie.split("; ").at(-1);
      const response = makePasskeyDevice().register(begun.options);
      const cookie = withCookie ? `${by.cookie}; ${challenge}` : by.cookie;
      return askAuth("passkey/verify-registration", cookie, { response });
    };
    const refused = await answer(other, true);
    expect(refused.status).toBe(401);
    expect((await refused.json()).code).toBe("YOU_ARE_NOT_ALLOWED_TO_REGISTER_THIS_PASSKEY");
    expect((await answer(other, false)).status).toBe(400);
    expect((await answer(asker, false)).status).toBe(400);
    expect(await ofBoth()).toEqual([0, 0]);
    // The same answer in the asker's own session is accepted.
    expect((await answer(asker, true)).status).toBe(200);
    expect(await ofBoth()).toEqual([1, 0]);
  });

  test("does not sign in with a challenge that was asked for elsewhere", async () => {
    const { device } = await withPasskey();
    const [own, elsewhere] = [await begin("authenticate"), await begin("authenticate")];
    const sign = (cookie: string, { options }: typeof own) =>
      askAuth("passkey/verify-authentication", cookie, { response: device.authenticate(options) });
    expect((await sign(own.cookie, elsewhere)).ok).toBe(false);
    expect((await sign("", elsewhere)).ok).toBe(false);
    expect((await sign(elsewhere.cookie, elsewhere)).status).toBe(200);
  });

  test("can be added only within a day of signing in", async () => {
    const person = await signedIn("viewer");
    const ago = (hours: number) => ({ createdAt: new Date(Date.now() - hours * 3_600_000) });
    await db.update(sessions).set(ago(25)).where(eq(sessions.userId, person.id));
    const { cookie } = person;
    const path = "/api/auth/passkey/generate-register-options";
    expect((await authGet(send(path, { cookie }))).status).toBe(403);
    await db.update(sessions).set(ago(23)).where(eq(sessions.userId, person.id));
    expect((await add(makePasskeyDevice(), person)).status).toBe(200);
  });

  test("of a blocked person is refused", async () => {
    const { device, id } = await withPasskey();
    await db.update(users).set({ banned: true }).where(eq(users.id, id));
    const refused = await signInWith(device);
    expect(refused.status).toBe(403);
    expect(refused.headers.getSetCookie().join()).not.toContain("session_token=");
  });

  test("is refused after removal, and another person can neither remove nor rename it", async () => {
    const { device, ...person } = await withPasskey();
    const other = await signedIn("viewer");
    const { passkeyId: id } = person;
    expect((await remove({ ...person, cookie: other.cookie })).ok).toBe(false);
    expect((await askAuth("passkey/update-passkey", other.cookie, { id, name: "Mine" })).ok).toBe(false);
    expect(await db.select({ name: passkeys.name }).from(passkeys).where(eq(passkeys.id, id))).toEqual([
      { name: "Laptop" },
    ]);
    expect((await remove(person)).status).toBe(200);
    expect(await lastAudit(person)).toMatchObject({ action: "passkey.removed" });
    expect((await signInWith(device)).status).toBe(401);
  });

  test("adds a failed sign-in to the audit log when refused", async () => {
    const isRefusal = sql`${auditLog.action} = 'sign-in.failed' and ${auditLog.detail} ->> 'by' = 'passkey'`;
    const before = await db.$count(auditLog, isRefusal);
    await signInWith(makePasskeyDevice());
    expect(await db.$count(auditLog, isRefusal)).toBe(before + 1);
  });

  test("signs in at an address locked by wrong passwords, and unlocks it", async () => {
    const { device, email } = await withPasskey();
    await db.insert(signInAttempts).values({ emailHash: hashSecret(email), attempts: 10, since: new Date() });
    expect((await signIn(email, password)).status).toBe(429);
    expect((await signInWith(device)).status).toBe(200);
    expect((await signIn(email, password)).status).toBe(200);
  });
});

describe("passkeys, when a second factor is required", () => {
  test("adding a passkey confirms the current session", async () => {
    const person = await signedIn("viewer");
    await requireOf("everybody");
    expect(await apiStatus(person.cookie)).toBe(403);
    await add(makePasskeyDevice(), person);
    expect(await apiStatus(person.cookie)).toBe(200);
  });

  test("the only passkey cannot be removed until an authenticator app is set up, which then has to stay", async () => {
    const person = await withPasskey();
    await requireOf("everybody");
    expect((await remove(person)).status).toBe(403);
    const { cookie } = await setUpApp(person);
    expect((await remove({ ...person, cookie })).status).toBe(200);
    const off = await askAuth("two-factor/disable", cookie, { password });
    expect(off.status).toBe(403);
  });

  test("a session stays confirmed while a passkey or an app remains", async () => {
    const [one, other] = [await withPasskey(), await withPasskey()];
    const first = (await setUpApp(one)).cookie;
    expect((await remove({ ...one, cookie: first })).status).toBe(200);
    expect(await apiStatus(first)).toBe(200);
    const { cookie } = await setUpApp(other);
    await requireOf("everybody");
    const second = await cookieFrom(await askAuth("two-factor/disable", cookie, { password }));
    expect(await apiStatus(second)).toBe(200);
  });

  test("a session whose last second factor was removed counts as unconfirmed", async () => {
    const person = await withPasskey();
    await remove(person);
    await requireOf("everybody");
    expect(await apiStatus(person.cookie)).toBe(403);
  });

  test("confirming a session with a passkey replaces it with a new session", async () => {
    const { id, cookie, device } = await withPasskey();
    await db.update(sessions).set({ secondFactor: false }).where(eq(sessions.userId, id));
    await requireOf("everybody");
    expect(await apiStatus(cookie)).toBe(403);
    const opened = await cookieFrom(await signInWith(device, {}, cookie));
    expect(await Promise.all([cookie, opened].map(apiStatus))).toEqual([401, 200]);
  });
});
