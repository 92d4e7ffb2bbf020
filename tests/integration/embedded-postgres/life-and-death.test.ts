import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isRunning } from "@/scripts/local/guard/is-running.mjs";
import { readPostmaster } from "@/scripts/local/postgres/run-server";
import { waitUntil } from "@/scripts/local/wait-until";
import {
  dataFolderOf,
  type HeldPostgres,
  holdPostgres,
  makeClone,
  serverOf,
} from "@/tests/support/database/held-postgres";
import { ask } from "@/tests/support/deliveries/ask";

const untilStopped = (held: HeldPostgres) => waitUntil("PostgreSQL to stop", () => serverOf(held) === null);
const isLocked = (held: HeldPostgres) => existsSync(join(dataFolderOf(held), "postmaster.pid"));

test.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)(
  "embedded Postgres: a script ended by %s leaves no server and an unlocked data folder with all commits",
  async (signal) => {
    const clone = makeClone();
    const first = await holdPostgres(clone);
    await ask(first.url, (sql) => sql`create table kept as select 42 as answer`);
    first.script.kill(signal);
    await untilStopped(first);
    expect(isLocked(first)).toBe(false);

    const second = await holdPostgres(clone);
    expect(await ask(second.url, (sql) => sql`select answer from kept`)).toEqual([{ answer: 42 }]);
  },
);

test("embedded Postgres: a server that outlived its script is stopped before another starts", async () => {
  const clone = makeClone();
  const first = await holdPostgres(clone);
  const orphan = serverOf(first) ?? 0;
  process.kill(first.reaperPid, "SIGKILL");
  first.script.kill("SIGKILL");
  await once(first.script, "exit");
  expect(isRunning(orphan)).toBe(true);

  const second = await holdPostgres(clone);
  expect(second.isShared).toBe(false);
  expect(isRunning(orphan)).toBe(false);
});

test("embedded Postgres: a killed server's leftover lock does not keep the next one from starting", async () => {
  const clone = makeClone();
  const first = await holdPostgres(clone);
  const lockFile = join(dataFolderOf(first), "postmaster.pid");
  const [, ...lines] = readFileSync(lockFile, "utf8").split("\n");
  first.script.kill("SIGTERM");
  await untilStopped(first);
  // As after a power cut: the lock names a process that no longer exists.
  const { pid } = spawnSync(process.execPath, ["--version"]);
  writeFileSync(lockFile, [pid, ...lines].join("\n"));
  expect((await holdPostgres(clone)).isShared).toBe(false);
});

test("embedded Postgres: a server that dies is restarted at the same address with all commits", async () => {
  const held = await holdPostgres(makeClone());
  await ask(held.url, (sql) => sql`create table kept as select 42 as answer`);
  const killed = serverOf(held) ?? 0;
  process.kill(killed, "SIGKILL");
  await waitUntil("PostgreSQL to run again", () => {
    const server = readPostmaster(dataFolderOf(held));
    return server !== null && server.pid !== killed && server.isReady;
  });
  expect(await ask(held.url, (sql) => sql`select answer from kept`)).toEqual([{ answer: 42 }]);
});

test("embedded Postgres: the script learns when a server cannot be restarted", async () => {
  const held = await holdPostgres(makeClone());
  rmSync(join(dataFolderOf(held), "global", "pg_control"));
  process.kill(serverOf(held) ?? 0, "SIGKILL");
  const [exitCode] = await once(held.script, "exit");
  expect(exitCode).toBe(3);
});

test("embedded Postgres: two scripts of one clone share a server, even when they start at once", async () => {
  const clone = makeClone();
  const [one, other] = await Promise.all([holdPostgres(clone), holdPostgres(clone)]);
  expect([one.isShared, other.isShared].sort()).toEqual([false, true]);
  expect(one.url).toBe(other.url);
});
