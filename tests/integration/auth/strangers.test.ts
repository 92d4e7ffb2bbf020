import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect, onTestFinished, test, vi } from "vitest";
import { GET as authGet } from "@/app/api/auth/[...all]/route";
import { db } from "@/db/client";
import { recordStranger } from "@/db/queries/audit";
import { auditLog, signInAttempts } from "@/db/schema/auth";
import { applyRetention } from "@/lib/privacy/server/erase";
import { dumpDatabase } from "@/tests/support/database/dump-database";
import { signIn } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";

test("sign-in: a 3 MB address is refused, and the database stays unchanged", async () => {
  const before = await dumpDatabase();
  const response = await signIn(`${"a".repeat(3_000_000)}@example.com`, "a password");
  expect(response.status).toBe(413);
  expect(await dumpDatabase()).toBe(before);
});

test("sign-in: an address of over 300 characters is refused, and neither counted nor stored", async () => {
  const long = `${"b".repeat(300)}@example.com`;
  const before = await db.$count(signInAttempts);
  expect((await signIn(long, "a password")).status).toBe(400);
  expect(await dumpDatabase()).not.toContain("bbbbbbbb");
  expect(await db.$count(signInAttempts)).toBe(before);
});

test("sign-in: the callback of an unknown provider returns 404, and leaves no row and no log line", async () => {
  const before = await dumpDatabase();
  const writes = [vi.spyOn(process.stdout, "write"), vi.spyOn(process.stderr, "write")];
  onTestFinished(() => writes.forEach((spy) => void spy.mockRestore()));
  for (const path of ["callback/abc", `callback/${randomUUID()}`, "callback/google?code=x&state=y"]) {
    expect((await authGet(send(`/api/auth/${path}`))).status).toBe(404);
  }
  expect(writes.flatMap(({ mock }) => mock.calls)).toEqual([]);
  expect(await dumpDatabase()).toBe(before);
});

test("retention: failed sign-ins are deleted after 90 days and attempt counts after 1 h; members' entries stay", async () => {
  const at = (days: number) => sql`now() - make_interval(days => ${days})`;
  const entry = { action: "sign-in.failed" as const, target: randomUUID() };
  await db.insert(auditLog).values([
    { ...entry, actorKind: "nobody", ip: "old", at: at(91) },
    { ...entry, actorKind: "nobody", ip: "young", at: at(89) },
    { ...entry, actorKind: "person", ip: "member", at: at(1_000) },
  ]);
  await db.insert(signInAttempts).values([
    { emailHash: "old", attempts: 1, since: sql`now() - interval '61 minutes'` },
    { emailHash: "young", attempts: 1, since: sql`now() - interval '59 minutes'` },
  ]);
  await applyRetention(db);
  const left = await db.select().from(auditLog).where(eq(auditLog.target, entry.target)).orderBy(auditLog.ip);
  expect(left.map(({ ip }) => ip)).toEqual(["member", "young"]);
  const attempts = await db.select().from(signInAttempts);
  expect(attempts.map(({ emailHash }) => emailHash)).toEqual(["young"]);
});

test("audit log: even the retention transaction cannot update it, truncate it or delete a recent entry", async () => {
  const target = randomUUID();
  await db.insert(auditLog).values({ actorKind: "nobody", action: "sign-in.failed", target });
  const asRetention = (statement: ReturnType<typeof sql>) =>
    db.transaction(async (tx) => {
      await tx.execute(sql`select set_config('earshot.audit_retention', 'on', true)`);
      await tx.execute(statement);
    });
  for (const statement of [
    sql`delete from ${auditLog} where target = ${target}`,
    sql`update ${auditLog} set target = 'x' where target = ${target}`,
    sql`truncate ${auditLog}`,
  ]) {
    await expect(asRetention(statement)).rejects.toMatchObject({
      cause: { message: "the audit log is append-only" },
    });
  }
  expect(await db.$count(auditLog, eq(auditLog.target, target))).toBe(1);
});

test("audit log: strangers add at most 300 entries per action and minute, and other actions are still recorded", async () => {
  const count = () => db.$count(auditLog, eq(auditLog.action, "sign-in.failed"));
  await db.insert(auditLog).values(
    Array.from({ length: 300 }, () => ({
      actorKind: "nobody" as const,
      action: "sign-in.failed" as const,
    })),
  );
  const before = await count();
  await recordStranger(db, { action: "sign-in.failed", target: "one-too-many", ip: null });
  expect(await count()).toBe(before);
  await recordStranger(db, { action: "sign-in.locked", target: "another", ip: null });
  expect(await db.$count(auditLog, eq(auditLog.target, "another"))).toBe(1);
});
