import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { GET as exportAudit } from "@/app/api/audit/export/route";
import { GET as listAudit } from "@/app/api/audit/route";
import { db } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { auditLog } from "@/db/schema/auth";
import { signedIn } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";

const actor = { kind: "person", id: "1", name: "amy@example.com" } as const;

let cookie: string;

beforeAll(async () => {
  ({ cookie } = await signedIn("admin"));
  const at = { actor, ip: "192.0.2.1" };
  await recordAudit(db, { ...at, action: "person.invited", target: "=cmd()", detail: { role: "viewer" } });
  await recordAudit(db, { ...at, action: "api-key.created", target: "100% script" });
  await recordAudit(db, { ...at, action: "api-key.created", target: "100 scripts" });
});

const list = async (query: string) => {
  const response = await listAudit(send(`/api/audit?${query}`, { cookie }));
  return { status: response.status, ...(await response.json()) };
};

describe("the audit log", () => {
  test.each([
    ["update", sql`update ${auditLog} set target = 'x'`],
    ["delete", sql`delete from ${auditLog}`],
    ["truncate", sql`truncate ${auditLog}`],
  ])("refuses %s and keeps every entry", async (_, statement) => {
    const before = await db.$count(auditLog);
    await expect(db.execute(statement)).rejects.toMatchObject({
      cause: { message: "the audit log is append-only" },
    });
    expect(await db.$count(auditLog)).toBe(before);
  });

  test("can be filtered by action, by person or target, and by day", async () => {
    expect((await list("action=api-key.created")).entries).toHaveLength(2);
    expect((await list("q=100%25")).entries).toMatchObject([{ target: "100% script" }]);
    expect((await list("q=AMY@")).entries).toHaveLength(3);
    const today = new Date().toISOString().slice(0, 10);
    expect((await list(`q=amy&from=${today}&to=${today}`)).entries).toHaveLength(3);
    expect((await list("to=2020-01-01")).entries).toEqual([]);
    expect((await list("action=nonsense")).status).toBe(422);
  });

  test("exports entries as JSON lines and CSV, and records each export as an entry", async () => {
    const before = (await list("action=audit.exported")).entries.length;
    const download = (format: string) =>
      exportAudit(send(`/api/audit/export?q=amy&format=${format}`, { cookie }));
    const lines = (await (await download("jsonl")).text()).trim().split("\n");
    expect(lines.map((line) => JSON.parse(line).target)).toEqual(["100 scripts", "100% script", "=cmd()"]);

    const csv = await download("csv");
    expect(csv.headers.get("content-disposition")).toBe('attachment; filename="earshot-audit.csv"');
    const rows = (await csv.text()).trim().split("\r\n");
    expect(rows[0]).toBe("id,at,actorKind,actorId,actorName,action,target,detail,ip");
    expect(rows[3]).toContain(`,person.invited,'=cmd(),"{""role"":""viewer""}",192.0.2.1`);
    expect((await list("action=audit.exported")).entries).toHaveLength(before + 2);
  });

  test("exports 1,201 entries completely, newest first", async () => {
    const rows = Array.from({ length: 1_201 }, (_, n) => ({
      actorKind: "system" as const,
      actorName: "bulk",
      action: "sign-in" as const,
      target: String(n),
    }));
    await db.insert(auditLog).values(rows);
    const response = await exportAudit(send("/api/audit/export?q=bulk&format=jsonl", { cookie }));
    const targets = (await response.text())
      .trim()
      .split("\n")
      .map((line) => Number(JSON.parse(line).target));
    expect(targets).toEqual(rows.map((_, n) => 1_200 - n));
  });
});
