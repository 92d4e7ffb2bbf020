import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { inject } from "vitest";
import { templateName } from "./template-name";

export type TestDatabase = { url: string; drop: () => Promise<void> };

/**
 * Creates a fresh, migrated database. Every integration test file already has one behind `@/db/client`; this is for
 * tests that need another. `drop` cuts connections that are still open.
 */
export function createTestDatabase(): Promise<TestDatabase> {
  return copyDatabase(templateName);
}

/** Creates a database without migrations, for tests of the migrations. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return copyDatabase("template0");
}

async function copyDatabase(template: string): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await asSuperuser((sql) => sql`create database ${sql(name)} template ${sql(template)} strategy file_copy`);
  const url = new URL(inject("postgresUrl"));
  url.pathname = name;
  return { url: url.href, drop: () => asSuperuser((sql) => sql`drop database ${sql(name)} with (force)`) };
}

async function asSuperuser(run: (sql: postgres.Sql) => Promise<unknown>) {
  const sql = postgres(inject("postgresUrl"), { max: 1 });
  try {
    await run(sql);
  } finally {
    await sql.end();
  }
}
