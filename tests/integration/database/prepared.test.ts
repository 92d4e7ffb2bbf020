import { afterEach, expect, test, vi } from "vitest";

const given = { ...process.env };

afterEach(() => {
  process.env = { ...given };
});

/** Returns how many statements a connection has prepared after a query that may be. */
async function countPrepared(settings: { VERCEL: string; query: string }): Promise<number> {
  const url = new URL(given.DATABASE_URL ?? "");
  url.search = settings.query;
  Object.assign(process.env, { VERCEL: settings.VERCEL, DATABASE_URL: url.href, DATABASE_POOL_MAX: "1" });
  Reflect.deleteProperty(globalThis, "earshotPool");
  vi.resetModules();
  const { db } = await import("@/db/client");
  try {
    await db.$client.unsafe("select $1::text", ["a"], { prepare: true });
    const [row] = await db.$client.unsafe("select count(*)::int as count from pg_prepared_statements");
    return row?.count;
  } finally {
    await db.$client.end();
  }
}

test.each([
  { where: "on one's own server", VERCEL: "", query: "", isPrepared: true },
  { where: "behind a pooler that cannot", VERCEL: "", query: "?prepare=false", isPrepared: false },
  { where: "on Vercel", VERCEL: "1", query: "", isPrepared: false },
  { where: "on Vercel, behind a pooler that can", VERCEL: "1", query: "?prepare=true", isPrepared: true },
])("database: $where, statements are prepared: $isPrepared", async ({ isPrepared, ...settings }) => {
  expect((await countPrepared(settings)) > 0).toBe(isPrepared);
});
