import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { POST as welcome } from "@/app/api/welcome/route";
import { db } from "@/db/client";
import { auditLog, users } from "@/db/schema/auth";
import { welcomeLink } from "@/lib/auth/server/links";
import { cookieFrom, password, signIn } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";

const ask = (token: string, email: string) =>
  welcome(send("/api/welcome", { method: "POST", json: { token, name: "First", email, password } }));

async function printedToken(): Promise<string> {
  const link = await welcomeLink(db);
  return new URL(link ?? "").searchParams.get("token") ?? "";
}

beforeEach(() => db.delete(users));

describe("the first operator", () => {
  test("needs the printed token; any other token is refused and creates no account", async () => {
    for (const token of ["wrong", `${await printedToken()}x`]) {
      const refused = await ask(token, "thief@example.com");
      expect(refused.status).toBe(403);
      expect(refused.headers.get("content-type")).toBe("application/problem+json");
    }
    expect(await db.select().from(users)).toEqual([]);
  });

  test("is created once from five simultaneous requests, as an admin who can sign in", async () => {
    const token = await printedToken();
    const asked = await Promise.all([1, 2, 3, 4, 5].map((n) => ask(token, `first-${n}@example.com`)));
    expect(asked.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);

    const people = await db.select().from(users);
    expect(people).toMatchObject([{ role: "admin", founder: true }]);
    const [founder] = people;
    expect(await cookieFrom(await signIn(founder?.email ?? "", password))).toContain("session_token=");
    const created = and(
      eq(auditLog.action, "first-operator.created"),
      eq(auditLog.actorId, founder?.id ?? ""),
    );
    expect(await db.select().from(auditLog).where(created)).toMatchObject([{ target: founder?.email }]);
  });

  test("uses up the token: a second request is refused, and no new link is created", async () => {
    const token = await printedToken();
    expect((await ask(token, "first@example.com")).status).toBe(201);
    expect((await ask(token, "second@example.com")).status).toBe(409);
    expect(await welcomeLink(db)).toBeNull();
    expect(await db.select().from(users)).toMatchObject([{ email: "first@example.com" }]);
  });
});
