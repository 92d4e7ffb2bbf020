import postgres from "postgres";
import { afterAll, expect, test } from "vitest";
import { waitUntil } from "@/scripts/local/wait-until";
import { breakPostgres } from "@/tests/support/database/broken-postgres";
import { createTestDatabase } from "@/tests/support/database/test-database";

const database = await createTestDatabase();
const proxy = await breakPostgres(database.url);
const connections = 4;
const sql = postgres(proxy.url, { max: connections, backoff: () => 0.1, onnotice: () => {} });

afterAll(async () => {
  await sql.end({ timeout: 1 });
  proxy.close();
  await database.drop();
});

/** Uses every connection at once. Resolves to the number that answered. */
async function askOnEach(): Promise<number> {
  const answers = await Promise.all(
    Array.from({ length: connections }, () => sql`select pg_backend_pid() as pid, pg_sleep(0.3)`),
  );
  return new Set(answers.map(([row]) => row?.pid)).size;
}

test("database: cut connections fail their transactions, and the pool recovers", async () => {
  expect(await askOnEach()).toBe(connections);
  const cut = Array.from({ length: connections }, () =>
    sql.begin(async (tx) => {
      await tx`select 1`;
      await tx`select pg_sleep(60)`;
    }),
  );
  const outcomes = Promise.allSettled(cut);
  const busy = postgres(database.url, { max: 1 });
  await waitUntil("every transaction to wait", async () => {
    const [row] = await busy`
      select count(*)::int as waiting from pg_stat_activity
      where datname = current_database() and query like '%pg_sleep(60)%' and pid <> pg_backend_pid()`;
    return row?.waiting === connections;
  });
  await busy.end();
  proxy.become("gone");
  expect((await outcomes).map(({ status }) => status)).toEqual(Array(connections).fill("rejected"));
  proxy.become("well");
  expect(await askOnEach()).toBe(connections);
});
