import { desc, gt, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { POST as auth } from "@/app/api/auth/[...all]/route";
import { GET as listSessions } from "@/app/api/sessions/route";
import { db } from "@/db/client";
import { auditLog, signInAttempts } from "@/db/schema/auth";
import { password, signedIn, signIn } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";

describe("signing in with a password", () => {
  test("a right password opens a session the API accepts", async () => {
    const { cookie } = await signedIn("viewer");
    const response = await listSessions(send("/api/sessions", { cookie }));
    expect(response.status).toBe(200);
    expect((await response.json()).sessions).toMatchObject([{ current: true }]);
  });

  test("a wrong password and an unknown address get the same response, and both are in the audit log", async () => {
    const { email } = await signedIn("viewer");
    const wrong = await signIn(email, "not the password at all");
    const unknown = await signIn("nobody@example.com", password);
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await wrong.text()).toBe(await unknown.text());
    const entries = await db.select().from(auditLog).orderBy(desc(auditLog.id)).limit(2);
    expect(entries).toMatchObject([
      { action: "sign-in.failed", actorKind: "nobody", target: "nobody@example.com" },
      { action: "sign-in.failed", actorKind: "nobody", target: email },
    ]);
  });

  test("ten wrong passwords lock an address, even for the right password, and the response says for how long", async () => {
    const { email } = await signedIn("viewer");
    const guesses = await Promise.all(Array.from({ length: 14 }, () => signIn(email, "a wrong password")));
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(guesses.filter(({ status }) => status === 429)).toHaveLength(4);

    const right = await signIn(email, password);
    expect(right.status).toBe(429);
    expect((await right.json()).message).toBe(
      "Too many failed sign-ins for this address. Try again in 15 min, or reset the password.",
    );
    expect(Number(right.headers.get("retry-after"))).toBeGreaterThan(800);
  });

  test("a locked address is unlocked after 15 min, and not before", async () => {
    const { email } = await signedIn("viewer");
    for (let guess = 0; guess < 11; guess += 1) await signIn(email, "a wrong password");
    const passTime = (seconds: number) =>
      db
        .update(signInAttempts)
        .set({ since: sql`now() - make_interval(secs => ${seconds})` })
        .where(gt(signInAttempts.attempts, 10));
    await passTime(14 * 60);
    expect((await signIn(email, password)).status).toBe(429);
    await passTime(15 * 60 + 1);
    expect((await signIn(email, "a wrong password")).status).toBe(401);
    expect((await signIn(email, password)).status).toBe(200);
  });

  test("a password typed into the e-mail field does not reach the audit log", async () => {
    const secret = "my password in the wrong field";
    expect((await signIn(secret, password)).status).toBe(400);
    expect(JSON.stringify(await db.select().from(auditLog))).not.toContain(secret);
  });

  test("one network address may try 20 times a minute, across all e-mail addresses", async () => {
    const from = "192.0.2.77";
    const asked = await Promise.all(
      Array.from({ length: 23 }, (_, n) => signIn(`guess-${n}@example.com`, password, from)),
    );
    const refused = asked.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(3);
    expect(Number(refused[0]?.headers.get("x-retry-after"))).toBeGreaterThan(0);
    expect((await signIn("guess-1@example.com", password)).status).toBe(401);
  });

  test.each([
    "sign-up/email",
    "admin/set-role",
    "admin/list-users",
    "sign-in/magic-link",
    "delete-user",
    "update-user",
  ])("better-auth's built-in endpoint /%s returns 404", async (path) => {
    const { cookie } = await signedIn("admin");
    expect((await auth(send(`/api/auth/${path}`, { method: "POST", cookie, json: {} }))).status).toBe(404);
  });
});
