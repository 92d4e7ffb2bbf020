import postgres from "postgres";
import type { Postgres } from "./postgres/describe-postgres";

/** Creates a database unless it is there. Returns its URL. */
export async function ensureDatabase(server: Postgres, name: string): Promise<string> {
  const sql = postgres(server.urlOf("postgres"), { max: 1, onnotice: () => {} });
  try {
    const existing = await sql`select from pg_database where datname = ${name}`;
    if (existing.length === 0) await sql`create database ${sql(name)}`;
  } finally {
    await sql.end();
  }
  return server.urlOf(name);
}
