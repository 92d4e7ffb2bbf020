import "server-only";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { retryingConflicts } from "@/db/faults";
import { createSilenceWatch } from "@/db/silence-watch";
import { env } from "@/lib/env";
import { lazily } from "@/lib/lazily";
import { parseJsonForReading, stringifyJson } from "@/lib/lossless-json";

/**
 * The connection pools of this process, kept on globalThis because `next dev` reloads modules.
 *
 * Statements are prepared, except on Vercel, where a transaction-mode pooler may not support that; `?prepare=true` or
 * `?prepare=false` in DATABASE_URL decides otherwise. The statement that records events needs no preparing: the database keeps it
 * as a function (db/stored-statement.ts).
 */
const pool = globalThis as typeof globalThis & {
  earshotPool?: postgres.Sql;
  earshotRecording?: postgres.Sql;
  earshotReplica?: postgres.Sql;
  earshotSilenceWatch?: ReturnType<typeof createSilenceWatch>;
};

pool.earshotSilenceWatch ??= createSilenceWatch();
const { openSocket, noteQuery: recordQuery } = pool.earshotSilenceWatch;

/** Members of the client that send queries. */
const asking = new Set<string | symbol>(["unsafe", "begin"]);

/** Connects with the first query. */
export const db = lazily(() => {
  pool.earshotPool ??= openPool(env.DATABASE_POOL_MAX - recordingConnections());
  return drizzle(retryingConflicts(watched(pool.earshotPool)), { casing: "snake_case" });
});

/** Matches the number of concurrent recording statements; a small pool has none to spare. */
const recordingConnections = () => (env.DATABASE_POOL_MAX >= 6 ? 2 : 0);

/**
 * The same database through connections used only for recording deliveries, so that pages and background work never delay one,
 * however slow the database is.
 */
export const recordingDb = lazily(() => {
  const connections = recordingConnections();
  if (connections === 0) return db;
  pool.earshotRecording ??= openPool(connections);
  return drizzle(retryingConflicts(watched(pool.earshotRecording)), { casing: "snake_case" });
});

/**
 * Reports and analytics are read through this: from the replica of DATABASE_READ_URL, which may lag behind
 * (lib/health/server/replica.ts), or else from the main database. Never write through it.
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
    // In seconds. The driver's own backoff grows to twenty seconds, which would delay queries even after the server is back.
    backoff: () => 0.1,
    idle_timeout: 60,
    onnotice: () => {},
    connection: { application_name: "earshot" },
    // A number beyond 2^53 is read as text instead of being rounded.
    types: { json: { to: 114, from: [114, 3802], serialize: stringifyJson, parse: parseJsonForReading } },
    // The driver supports `socket`, but its types lack it. Only the main server is watched: a replica's bytes say
    // nothing about it.
    ...(url === env.DATABASE_URL && { socket: openSocket }),
    // An option would take precedence over the URL.
    ...(env.VERCEL && !new URL(url).searchParams.has("prepare") ? { prepare: false } : {}),
  });
}

function watched(client: postgres.Sql): postgres.Sql {
  return new Proxy(client, {
    get: (target, name) => {
      if (asking.has(name)) recordQuery();
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
