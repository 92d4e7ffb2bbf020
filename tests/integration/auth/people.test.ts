import { and, desc, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { POST as auth } from "@/app/api/auth/[...all]/route";
import { DELETE as withdraw } from "@/app/api/invitations/[invitationId]/route";
import { POST as accept } from "@/app/api/invitations/accept/route";
import { POST as invite, GET as listInvitations } from "@/app/api/invitations/route";
import { POST as makeResetLink } from "@/app/api/people/[userId]/reset-link/route";
import { PATCH as change, DELETE as remove } from "@/app/api/people/[userId]/route";
import { DELETE as signOutEverywhere } from "@/app/api/people/[userId]/sessions/route";
import { GET as listPeople } from "@/app/api/people/route";
import { DELETE as endSession } from "@/app/api/sessions/[sessionId]/route";
import { GET as listSessions } from "@/app/api/sessions/route";
import { db } from "@/db/client";
import { auditLog, users } from "@/db/schema/auth";
import type { Role } from "@/lib/auth/roles";
import { cookieFrom, password, signedIn, signIn, type TestPerson } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";

const about = (userId: string) => ({ params: Promise.resolve({ userId }) });

const patch = (by: TestPerson, userId: string, json: object) =>
  change(send(`/api/people/${userId}`, { method: "PATCH", cookie: by.cookie, json }), about(userId));

const isIn = async ({ cookie }: { cookie: string }) =>
  (await listSessions(send("/api/sessions", { cookie }))).status === 200;

async function inviteLink(by: TestPerson, email: string, role: Role): Promise<string> {
  const response = await invite(
    send("/api/invitations", { method: "POST", cookie: by.cookie, json: { email, role } }),
  );
  expect(response.status).toBe(201);
  return (await response.json()).link;
}

const acceptWith = (link: string) =>
  accept(
    send("/api/invitations/accept", {
      method: "POST",
      json: { token: link.split("/").at(-1), name: "Newcomer", password },
    }),
  );

const entries = (action: typeof auditLog.$inferSelect.action, target: string) =>
  db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.action, action), eq(auditLog.target, target)))
    .orderBy(desc(auditLog.id));

describe("an invitation", () => {
  test("creates one person with its role, even when accepted three times at once", async () => {
    const admin = await signedIn("admin");
    const link = await inviteLink(admin, "New.Operator@Example.com", "operator");
    const accepted = await Promise.all([1, 2, 3].map(() => acceptWith(link)));
    expect(accepted.map(({ status }) => status).sort()).toEqual([201, 410, 410]);
    const [person] = await db.select().from(users).where(eq(users.email, "new.operator@example.com"));
    expect(person).toMatchObject({ role: "operator", founder: false });
    await cookieFrom(await signIn("new.operator@example.com", password));
    expect(await entries("invitation.accepted", "new.operator@example.com")).toHaveLength(1);
  });

  test("is replaced by a newer one for the same address, and is invalid once withdrawn", async () => {
    const admin = await signedIn("admin");
    const first = await inviteLink(admin, "twice@example.com", "viewer");
    const second = await inviteLink(admin, "twice@example.com", "admin");
    expect((await acceptWith(first)).status).toBe(410);

    const { invitations } = await (await listInvitations(send("/api/invitations", admin))).json();
    const open = invitations.filter(({ email }: { email: string }) => email === "twice@example.com");
    expect(open).toMatchObject([{ role: "admin", invitedBy: admin.email }]);
    const id: string = open[0].id;
    const response = await withdraw(send("/x", { method: "DELETE", cookie: admin.cookie }), {
      params: Promise.resolve({ invitationId: id }),
    });
    expect(response.status).toBe(204);
    expect((await acceptWith(second)).status).toBe(410);
  });

  test("is not created for an existing member", async () => {
    const admin = await signedIn("admin");
    const { email } = await signedIn("viewer");
    const json = { email, role: "admin" };
    const response = await invite(send("/api/invitations", { method: "POST", cookie: admin.cookie, json }));
    expect(response.status).toBe(409);
  });
});

describe("people", () => {
  test("a changed role applies to the next request, and the audit log records both roles", async () => {
    const [admin, person] = [await signedIn("admin"), await signedIn("admin")];
    expect((await listPeople(send("/api/people", person))).status).toBe(200);
    expect((await patch(admin, person.id, { role: "viewer" })).status).toBe(204);
    expect((await listPeople(send("/api/people", person))).status).toBe(403);
    expect(await entries("person.role-changed", person.email)).toMatchObject([
      { actorName: admin.email, detail: { from: "admin", to: "viewer" } },
    ]);
  });

  test("a blocked person is signed out at once and cannot sign in until unblocked", async () => {
    const [admin, person] = [await signedIn("admin"), await signedIn("operator")];
    expect((await patch(admin, person.id, { blocked: true })).status).toBe(204);
    expect(await isIn(person)).toBe(false);
    const refused = await signIn(person.email, password);
    expect(refused.status).toBe(403);
    expect((await refused.json()).message).toBe("Your access was blocked. Ask an admin.");
    expect((await patch(admin, person.id, { blocked: false })).status).toBe(204);
    // Blocking ended the sessions; unblocking does not restore them.
    expect(await isIn(person)).toBe(false);
    await cookieFrom(await signIn(person.email, password));
  });

  test("a removed person is signed out, and their actions stay in the audit log", async () => {
    const [admin, person] = [await signedIn("admin"), await signedIn("operator")];
    const request = send("/x", { method: "DELETE", cookie: admin.cookie });
    expect((await remove(request, about(person.id))).status).toBe(204);
    expect(await isIn(person)).toBe(false);
    expect(await db.select().from(auditLog).where(eq(auditLog.actorId, person.id))).not.toEqual([]);
  });

  test("people cannot block or remove themselves", async () => {
    const admin = await signedIn("admin");
    expect((await patch(admin, admin.id, { blocked: true })).status).toBe(409);
    const request = send("/x", { method: "DELETE", cookie: admin.cookie });
    expect((await remove(request, about(admin.id))).status).toBe(409);
  });

  test("the last two admins cannot both demote each other, even at the same moment", async () => {
    const [a, b] = [await signedIn("admin"), await signedIn("admin")];
    await db.update(users).set({ role: "viewer" }).where(eq(users.role, "admin"));
    for (const { id } of [a, b]) await db.update(users).set({ role: "admin" }).where(eq(users.id, id));

    await Promise.all([patch(a, b.id, { role: "viewer" }), patch(b, a.id, { role: "viewer" })]);
    const left = await db.select().from(users).where(eq(users.role, "admin"));
    expect(left).toHaveLength(1);
    const survivor = left[0]?.id === a.id ? a : b;
    const last = await patch(survivor, survivor.id, { role: "viewer" });
    expect(last.status).toBe(409);
    expect((await last.json()).title).toBe("Last admin");
  });

  test.each([{ role: "owner" }, { role: "admin", blocked: true }, {}, null])(
    "the invalid change %j is refused",
    async (json) => {
      const [admin, person] = [await signedIn("admin"), await signedIn("viewer")];
      const request = send("/x", { method: "PATCH", cookie: admin.cookie, json });
      expect((await change(request, about(person.id))).status).toBe(422);
    },
  );
});

describe("sessions", () => {
  test("people can end their own sessions but not another person's", async () => {
    const [person, other] = [await signedIn("viewer"), await signedIn("viewer")];
    const second = await cookieFrom(await signIn(person.email, password));
    const { sessions } = await (await listSessions(send("/api/sessions", { cookie: second }))).json();
    expect(sessions).toHaveLength(2);
    expect(JSON.stringify(sessions)).not.toContain("token");
    const id: string = sessions.find(({ current }: { current: boolean }) => !current).id;
    const end = (cookie: string) =>
      endSession(send("/x", { method: "DELETE", cookie }), { params: Promise.resolve({ sessionId: id }) });

    expect((await end(other.cookie)).status).toBe(404);
    expect(await isIn(person)).toBe(true);
    expect((await end(second)).status).toBe(204);
    expect(await isIn(person)).toBe(false);
    expect(await isIn({ cookie: second })).toBe(true);
  });

  test("an admin can sign a person out everywhere", async () => {
    const [admin, person] = [await signedIn("admin"), await signedIn("viewer")];
    await signIn(person.email, password);
    const request = send("/x", { method: "DELETE", cookie: admin.cookie });
    expect(await (await signOutEverywhere(request, about(person.id))).json()).toEqual({ ended: 2 });
    expect(await isIn(person)).toBe(false);
  });
});

describe("an admin's reset link", () => {
  test("sets a password once, ends every session, and unlocks the address", async () => {
    const [admin, person] = [await signedIn("admin"), await signedIn("viewer")];
    await Promise.all(Array.from({ length: 11 }, () => signIn(person.email, "a wrong password")));
    const made = await makeResetLink(send("/x", { method: "POST", cookie: admin.cookie }), about(person.id));
    const { link } = await made.json();
    const token = new URL(link).searchParams.get("token");
    expect(new URL(link).pathname).toBe("/reset-password");

    const reset = (newPassword: string) =>
      auth(send("/api/auth/reset-password", { method: "POST", json: { token, newPassword } }));
    expect((await reset("short")).status).toBe(400);
    expect((await reset("a brand new password")).status).toBe(200);
    expect((await reset("yet another password")).status).toBe(400);

    expect(await isIn(person)).toBe(false);
    expect((await signIn(person.email, password)).status).toBe(401);
    await cookieFrom(await signIn(person.email, "a brand new password"));
    const [entry] = await db
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.action, "password.reset"), eq(auditLog.actorId, person.id)));
    expect(entry).toBeDefined();
  });
});
