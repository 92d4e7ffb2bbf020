import { sql } from "drizzle-orm";
import postgres from "postgres";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { createTestDatabase } from "@/tests/support/database/test-database";

test("test database: the app's client uses the database made for this file", async () => {
  const [row] = await db.execute<{ name: string }>(sql`select current_database() as name`);
  expect(process.env.DATABASE_URL).toContain(`/${row?.name}`);
  expect(row?.name).toMatch(/^test_/);
});

test("test database: it starts with all migrations applied and no rows", async () => {
  const database = await createTestDatabase();
  const client = postgres(database.url, { max: 1 });
  const tables = await client`select from information_schema.tables where table_name = 'calls'`;
  expect(tables).toHaveLength(1);
  expect(await client`select from calls`).toHaveLength(0);
  await client.end();
  await database.drop();
});
