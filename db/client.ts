import "server-only";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { env } from "@/lib/env";
import { parseJsonForReading, stringifyJson } from "@/lib/lossless-json";

/**
 * The one pool of this process. `next dev` reloads modules, so it is kept on globalThis.
 *
 * Statements are prepared, except on Vercel, where the pool sits behind a transaction-mode pooler that may not
 * know them; elsewhere `?prepare=false` in DATABASE_URL says the same.
 */
const pool = globalThis as typeof globalThis & { earshotPool?: postgres.Sql };

pool.earshotPool ??= postgres(env.DATABASE_URL, {
  max: env.DATABASE_POOL_MAX,
  fetch_types: false,
  connect_timeout: 5,
  idle_timeout: 60,
  onnotice: () => {},
  connection: { application_name: "earshot" },
  // An id beyond 2^53 is read as the text of its digits, rather than rounded.
  types: { json: { to: 114, from: [114, 3802], serialize: stringifyJson, parse: parseJsonForReading } },
  ...(env.VERCEL ? { prepare: false } : {}),
});

export const db = drizzle(pool.earshotPool, { casing: "snake_case" });

export type Database = typeof db;
