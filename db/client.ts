import "server-only";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { retryingConflicts } from "@/db/faults";
import { createSilenceWatch } from "@/db/silence-watch";
import { env } from "@/lib/env";
import { lazily } from "@/lib/lazily";
import { parseJsonForReading, stringifyJson } from "@/lib/lossless-json";

/**
 * The one pool of this process. `next dev` reloads modules, so it is kept on globalThis.
 *
 * Statements are prepared, except on Vercel, where the pool sits behind a transaction-mode pooler that may not
 * know them; elsewhere `?prepare=false` in DATABASE_URL says the same.
 */
const pool = globalThis as typeof globalThis & {
  earshotPool?: postgres.Sql;
  earshotRecording?: postgres.Sql;
  earshotReplica?: postgres.Sql;
  earshotSilenceWatch?: ReturnType<typeof createSilenceWatch>;
};

pool.earshotSilenceWatch ??= createSilenceWatch();
const { openSocket, noteQuery } = pool.earshotSilenceWatch;

/** Whoever takes one of these from the client is about to send a query. */
const asking = new Set<string | symbol>(["unsafe", "begin"]);

/** Connects when the first query is asked for. */
export const db = lazily(() => {
  pool.earshotPool ??= openPool(env.DATABASE_POOL_MAX - recordingConnections());
  return drizzle(retryingConflicts(watched(pool.earshotPool)), { casing: "snake_case" });
});

/** As many as statements that record deliveries are under way at once; none of a small pool. */
const recordingConnections = () => (env.DATABASE_POOL_MAX >= 6 ? 2 : 0);

/**
 * The same database by connections that only record deliveries: what goes on after them, and pages, never hold one up, however
 * slow the database is.
 */
export const recordingDb = lazily(() => {
  const connections = recordingConnections();
  if (connections === 0) return db;
  pool.earshotRecording ??= openPool(connections);
  return drizzle(retryingConflicts(watched(pool.earshotRecording)), { casing: "snake_case" });
});

/**
 * Where reports and analytics are read from: the replica of DATABASE_READ_URL, which may be behind
 * (lib/health/server/replica.ts), or else the database itself. Nothing is written through it.
 */
export const readDb = lazily(() => {
  if (!env.DATABASE_READ_URL) return db;
  pool.earshotReplica ??= openPool(env.DATABASE_POOL_MAX, env.DATABASE_READ_URL);
  return drizzle(pool.earshotReplica, { casing: "snake_case" });
});

function openPool(max: number, url = env.DATABASE_URL): postgres.Sql {
  return postgres(url, {
    max,
    fetch_types: false,
    connect_timeout: 5,
    // In seconds. The driver's own grows to twenty, so that queries would wait for a server that refuses them, and
    // still do once it is back.
    backoff: () => 0.1,
    idle_timeout: 60,
    onnotice: () => {},
    connection: { application_name: "earshot" },
    // An id beyond 2^53 is read as the text of its digits, rather than rounded.
    types: { json: { to: 114, from: [114, 3802], serialize: stringifyJson, parse: parseJsonForReading } },
    // Known to the driver, but not to its types. What one server answers says nothing of the other.
    ...(url === env.DATABASE_URL && { socket: openSocket }),
    ...(env.VERCEL ? { prepare: false } : {}),
  });
}

function watched(client: postgres.Sql): postgres.Sql {
  return new Proxy(client, {
    get: (target, name) => {
      if (asking.has(name)) noteQuery();
      if (name === "end") return endAll;
      return Reflect.get(target, name);
    },
  });
}

async function endAll(options?: Parameters<postgres.Sql["end"]>[0]): Promise<void> {
  const pools = [pool.earshotPool, pool.earshotRecording, pool.earshotReplica];
  await Promise.all(pools.map((each) => each?.end(options)));
}

export type Database = typeof db;
