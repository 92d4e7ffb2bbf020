import { beforeEach, describe, expect, test } from "vitest";
import { GET as auth, POST as postAuth } from "@/app/api/auth/[...all]/route";
import { GET as listPeople } from "@/app/api/people/route";
import { db } from "@/db/client";
import { createInvitation } from "@/db/queries/auth/invitations";
import { rateLimits, users, verifications } from "@/db/schema/auth";
import { demoSignInLink } from "@/lib/auth/server/demo-sign-in-link";
import { mintSignInLink } from "@/lib/auth/server/links";
import { admitNewcomer } from "@/lib/auth/server/newcomers";
import { signedIn } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";

const open = (link: string) => auth(send(link.replace("http://localhost:3000", "")));

const cookiesOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");

// All tests open links from one address, together more than the rate limit of a minute.
beforeEach(() => db.delete(rateLimits));

describe("the sign-in link printed by npm run demo", () => {
  // The link works on an unused Earshot, or one that has an admin.
  beforeEach(() => db.delete(users));

  test("signs in an admin once, and is stored only as a hash", async () => {
    const link = await demoSignInLink(db);
    const token = new URL(link).searchParams.get("token");
    expect(JSON.stringify(await db.select().from(verifications))).not.toContain(token);

    const first = await open(link);
    expect(first.headers.get("location")).toBe("http://localhost:3000/");
    expect((await listPeople(send("/api/people", { cookie: cookiesOf(first) }))).status).toBe(200);

    const second = await open(link);
    expect(second.headers.get("location")).toBe("http://localhost:3000/sign-in?error=INVALID_TOKEN");
    expect(cookiesOf(second)).not.toContain("session_token=");
  });

  test("signs in the existing admin instead of creating a second one", async () => {
    const links = await Promise.all([demoSignInLink(db), demoSignInLink(db)]);
    for (const link of links) {
      const cookie = cookiesOf(await open(link));
      const { people } = await (await listPeople(send("/api/people", { cookie }))).json();
      const admins = people.filter(({ role }: { role: string }) => role === "admin");
      expect(admins).toMatchObject([{ email: "demo@earshot.example" }]);
    }
  });

  test("sets an HttpOnly, SameSite=Lax cookie for 7 days", async () => {
    const response = await open(await demoSignInLink(db));
    const cookie = response.headers
      .getSetCookie()
      .find((one) => one.startsWith("earshot-3000.session_token="));
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).toMatch(/Max-Age=604800/i);
  });

  test("does not sign in a blocked person", async () => {
    const person = await signedIn("viewer");
    const link = await mintSignInLink(db, person.email);
    const { setBlocked } = await import("@/lib/auth/server/people");
    await setBlocked(db, person.id, true, { actor: { kind: "system", name: "test" }, ip: null });
    expect(cookiesOf(await open(link))).not.toContain("session_token=");
  });
});

describe("a new person from an identity provider", () => {
  const newcomer = (email: string, emailVerified = true) => admitNewcomer(db, { email, emailVerified }, null);
  const invite = (email: string) =>
    createInvitation(db, {
      email,
      role: "operator",
      tokenHash: email,
      invitedBy: "ada@example.com",
      expiresAt: new Date(Date.now() + 60_000),
    });

  test("joins once through the invitation to their verified address, with its role", async () => {
    await invite("google@example.com");
    expect(await newcomer("Google@example.com")).toMatchObject({
      data: { role: "operator", emailVerified: true },
    });
    await expect(newcomer("google@example.com")).rejects.toMatchObject({ body: { code: "not_invited" } });
  });

  test("is refused without an invitation, or with an unverified address", async () => {
    await invite("unverified@example.com");
    await expect(newcomer("nobody-asked@example.com")).rejects.toMatchObject({
      body: { code: "not_invited" },
    });
    await expect(newcomer("unverified@example.com", false)).rejects.toMatchObject({
      body: { code: "email_not_verified" },
    });
  });

  test("cannot sign in with an unconfigured provider", async () => {
    const json = { provider: "google", callbackURL: "/" };
    const response = await postAuth(send("/api/auth/sign-in/social", { method: "POST", json }));
    expect(response.status).toBe(404);
  });
});
