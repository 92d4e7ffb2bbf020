import { sql } from "drizzle-orm";
import { db } from "@/db/client";

/** Dumps every row of every table except the named ones, as text. */
export async function dumpDatabase(...without: string[]): Promise<string> {
  const tables = await db.execute<{ name: string }>(
    sql`select table_name as name from information_schema.tables where table_schema = 'public'`,
  );
  const dumps = tables
    .filter(({ name }) => !without.includes(name))
    .map(({ name }) =>
      db.execute<{ row: string }>(sql`select t::text as row from ${sql.identifier(name)} t`),
    );
  return (await Promise.all(dumps)).flatMap((rows) => rows.map(({ row }) => row)).join("\n");
}
