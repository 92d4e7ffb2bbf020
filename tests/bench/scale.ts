import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { findFreePort } from "@/scripts/local/find-free-port";
import { spawnGuarded } from "@/scripts/local/guard/spawn-guarded";
import { findPostgresUser } from "@/scripts/local/postgres/find-postgres-user";
import type { Postgres } from "@/scripts/local/postgres/run-server";
import type { Parts } from "@/scripts/local/stack/create-parts";
import { startStack } from "@/scripts/local/stack/start-stack";
import { startThrowawayPostgres } from "@/scripts/local/throwaway-postgres";
import { waitUntil } from "@/scripts/local/wait-until";
import { templates } from "./bodies";
import { runLoad } from "./load/run-load";
import { readCpuMs, readFamilyCpuMs } from "./read-cpu-ms";
import { startBenchStack } from "./start-bench-stack";

const sizes = [1, 2, 4];
const calls = 200;
/** Per instance. */
const connections = 16;
/** Until V8 has compiled the hot code and each connection has met the server. */
const warmUpSeconds = 10;
const realtimeVariables = /^PUSHER_/;

/**
 * Runs one, two and four instances at full load on one Postgres, through PgBouncer in transaction mode if it is installed, and
 * with another realtime server if PUSHER_* name one. On one machine, throughput does not grow with instances. The metric is the
 * CPU time per event of app and database: their ratio says how many instances a database of the same size carries.
 */
export async function benchScale({ seconds }: { seconds: number }, parts: Parts): Promise<void> {
  let postmaster = 0;
  let pooler = "none";
  const given = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      realtimeVariables.test(name) && value ? [[name, value]] : [],
    ),
  );
  const first = await startBenchStack(parts, given, async () => {
    const server = await startThrowawayPostgres({ isDurable: true });
    postmaster = Number(
      readFileSync(join(server.home, "cluster/data/postmaster.pid"), "utf8").split("\n")[0],
    );
    const pooled = await startPgBouncer(server, parts);
    if (pooled) pooler = "PgBouncer";
    return pooled ?? server;
  });
  const instances = [first];
  const [, template] = templates[0] ?? [];
  if (!template) throw new Error("There is nothing to send.");
  const load = (forSeconds: number) =>
    Promise.all(
      instances.map(({ localUrl, environment }) => {
        const stampMs = Date.now();
        const text = template.text.replace(String(template.stampMs), String(stampMs));
        const url = `${localUrl}/api/webhook/${randomUUID()}`;
        const stamped = { ...template, stampMs, text };
        const secret = environment.VAPI_WEBHOOK_SECRET;
        return runLoad({ url, secret, template: stamped, calls, connections, seconds: forSeconds });
      }),
    );
  const appCpuMs = () => instances.reduce((sum, { pid }) => sum + readCpuMs(pid), 0);
  const rows = [];
  for (const size of sizes) {
    while (instances.length < size) {
      const port = await findFreePort();
      const environment = { ...first.environment, PORT: undefined };
      instances.push(await startStack({ command: "start", host: "127.0.0.1", port, environment }, parts));
    }
    await load(warmUpSeconds);
    const before = { app: appCpuMs(), database: readFamilyCpuMs(postmaster) };
    const results = await load(seconds);
    const events = results.reduce((sum, { perSecond }) => sum + perSecond * seconds, 0);
    const app = (appCpuMs() - before.app) / events;
    const database = (readFamilyCpuMs(postmaster) - before.database) / events;
    rows.push({
      instances: size,
      pooler,
      "events /s": Math.round(events / seconds),
      "p99 ms": Math.round(Math.max(...results.map(({ p99Ms }) => p99Ms))),
      failures: results.reduce((sum, { failures }) => sum + failures, 0),
      "app cpu ms": round(app),
      "database cpu ms": round(database),
      "database / app": round(database / app),
    });
  }
  console.table(rows);
}

const round = (value: number) => Math.round(value * 100) / 100;

/** Puts PgBouncer in front of the same databases; null if it is not installed (`apt-get install pgbouncer`). */
async function startPgBouncer(server: Postgres, parts: Parts): Promise<Postgres | null> {
  const folder = mkdtempSync(join(tmpdir(), "earshot-pgbouncer-"));
  const { hostname, port, username, password } = new URL(server.urlOf("earshot"));
  const ownPort = await findFreePort();
  const settings = join(folder, "pgbouncer.ini");
  writeFileSync(
    settings,
    `[databases]
* = host=${hostname} port=${port} user=${username} password=${password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${ownPort}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 20
max_client_conn = 200
ignore_startup_parameters = extra_float_digits
`,
    { mode: 0o644 },
  );
  const user = findPostgresUser();
  try {
    const pooler = await spawnGuarded("pgbouncer", [...(user ? ["-u", "postgres"] : []), settings], {
      stdio: ["ignore", "ignore", "ignore"],
      stopSignal: "SIGTERM",
      throwawayFolder: folder,
    });
    parts.add(pooler.stop);
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return null;
    throw cause;
  }
  const urlOf = (database: string) => {
    const url = new URL(server.urlOf(database));
    url.port = String(ownPort);
    url.searchParams.set("prepare", "false");
    return url.href;
  };
  await waitUntil("PgBouncer to take connections", () => takesConnections(urlOf("postgres")), 10_000);
  return { ...server, urlOf };
}

async function takesConnections(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, prepare: false });
  const isTaken = await sql`select 1`.then(
    () => true,
    () => false,
  );
  await sql.end();
  return isTaken;
}
