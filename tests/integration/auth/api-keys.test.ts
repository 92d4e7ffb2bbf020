import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { GET as listAudit } from "@/app/api/audit/route";
import { DELETE as revoke } from "@/app/api/keys/[keyId]/route";
import { POST as create, GET as listKeys } from "@/app/api/keys/route";
import { GET as listSessions } from "@/app/api/sessions/route";
import { db } from "@/db/client";
import { apiKeys } from "@/db/schema/auth";
import { hashSecret } from "@/lib/auth/server/secrets";
import { signedIn, type TestPerson } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";

let admin: TestPerson;

beforeAll(async () => {
  admin = await signedIn("admin");
});

async function createKey(role: string, expiresInDays: number | null = null): Promise<string> {
  const json = { name: `for ${role}`, role, expiresInDays };
  const response = await create(send("/api/keys", { method: "POST", cookie: admin.cookie, json }));
  expect(response.status).toBe(201);
  return (await response.json()).key;
}

const rowOf = async (key: string) => {
  const [row] = await db
    .select()
    .from(apiKeys)
    .where(eq(apiKeys.keyHash, hashSecret(key)));
  if (!row) throw new Error("The key is not stored.");
  return row;
};

const use = (key: string) => listSessions(send("/api/sessions", { key }));

describe("an API key", () => {
  test("is stored only as a hash, and the list shows only its prefix", async () => {
    const key = await createKey("viewer");
    expect(JSON.stringify(await db.select().from(apiKeys))).not.toContain(key);
    const listed = await (await listKeys(send("/api/keys", { cookie: admin.cookie }))).text();
    expect(listed).not.toContain(key);
    expect(listed).not.toContain(hashSecret(key));
    expect(listed).toContain(key.slice(0, 14));
  });

  test("has its role's permissions and no others", async () => {
    const [viewer, adminKey] = [await createKey("viewer"), await createKey("admin")];
    expect((await use(viewer)).status).toBe(200);
    expect((await listAudit(send("/api/audit", { key: viewer }))).status).toBe(403);
    expect((await listAudit(send("/api/audit", { key: adminKey }))).status).toBe(200);
  });

  test("works without an Origin header", async () => {
    const request = new Request("http://localhost:3000/api/sessions", {
      headers: { authorization: `Bearer ${await createKey("viewer")}` },
    });
    expect((await listSessions(request)).status).toBe(200);
  });

  test("records its use at most once a minute", async () => {
    const key = await createKey("viewer");
    expect((await rowOf(key)).lastUsedAt).toBeNull();
    await use(key);
    const first = (await rowOf(key)).lastUsedAt;
    await use(key);
    expect((await rowOf(key)).lastUsedAt).toEqual(first);
    await db
      .update(apiKeys)
      .set({ lastUsedAt: sql`now() - interval '61 seconds'` })
      .where(eq(apiKeys.keyHash, hashSecret(key)));
    await use(key);
    expect((await rowOf(key)).lastUsedAt?.getTime()).toBeGreaterThanOrEqual(first?.getTime() ?? Infinity);
  });

  test("stops working once revoked, with that reason in the 401; revoking it again returns 404", async () => {
    const key = await createKey("operator");
    const { id } = await rowOf(key);
    const ask = () =>
      revoke(send(`/api/keys/${id}`, { method: "DELETE", cookie: admin.cookie }), {
        params: Promise.resolve({ keyId: id }),
      });
    expect((await ask()).status).toBe(204);
    expect((await ask()).status).toBe(404);
    const refused = await use(key);
    expect(refused.status).toBe(401);
    expect((await refused.json()).detail).toBe('The API key "for operator" is revoked.');
  });

  test("stops working once expired", async () => {
    const key = await createKey("operator", 1);
    expect((await use(key)).status).toBe(200);
    await db
      .update(apiKeys)
      .set({ expiresAt: sql`now()` })
      .where(eq(apiKeys.keyHash, hashSecret(key)));
    expect((await use(key)).status).toBe(401);
  });

  test.each(["", "nonsense", "earshot_", "a b", "é"])(
    "with the value %j is rejected, despite a valid session cookie",
    async (key) => {
      const response = await listSessions(
        send("/api/sessions", { cookie: admin.cookie, headers: { authorization: `Bearer ${key}` } }),
      );
      expect(response.status).toBe(401);
    },
  );
});
