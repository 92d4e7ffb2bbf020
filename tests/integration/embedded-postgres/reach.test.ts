import { once } from "node:events";
import { chmodSync, cpSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { findPostgresUser } from "@/scripts/local/postgres/find-postgres-user";
import { findNativeFolder, preparePrograms } from "@/scripts/local/postgres/prepare-programs";
import { canReach } from "@/scripts/local/postgres/run-server";
import { holdPostgres, makeClone } from "@/tests/support/database/held-postgres";
import { ask } from "@/tests/support/deliveries/ask";

test("embedded Postgres: it uses another port when its own is in use, and listens on this machine only", async () => {
  const taken = createServer().listen(54_320, "127.0.0.1");
  // The port may also be taken by an Earshot running on this machine; then listening fails, which is fine.
  await once(taken, "listening").catch(() => {});
  const { url } = await holdPostgres(makeClone());
  taken.close();
  expect(new URL(url).port).not.toBe("54320");
  expect(await ask(url, (sql) => sql`show listen_addresses`)).toEqual([{ listen_addresses: "127.0.0.1" }]);
});

test("embedded Postgres: it requires the password and runs with fsync on", async () => {
  const { url } = await holdPostgres(makeClone());
  const stranger = new URL(url);
  stranger.password = "guess";
  await expect(ask(stranger.href, (sql) => sql`select 1`)).rejects.toMatchObject({ code: "28P01" });
  expect(await ask(url, (sql) => sql`show fsync`)).toEqual([{ fsync: "on" }]);
});

test("embedded Postgres: binaries without symbolic links or execute permission are completed in a copy", () => {
  const home = makeClone();
  const native = findNativeFolder();
  const folder = join(home, "as-npm-unpacked-them");
  cpSync(native.folder, folder, { recursive: true, filter: (source) => !lstatSync(source).isSymbolicLink() });
  chmodSync(join(folder, "bin", "postgres"), 0o644);

  const programs = preparePrograms(home, findPostgresUser(), { ...native, folder });
  expect(programs).toBe(join(home, `programs-${native.version}`));
  expect(readdirSync(join(programs, "lib"))).toEqual(expect.arrayContaining(listLinks(native.folder)));
  expect(preparePrograms(home, findPostgresUser(), { ...native, folder: programs })).toBe(programs);
});

/** Names of the symbolic links that npm cannot unpack. */
function listLinks(folder: string): string[] {
  const links: { target: string }[] = JSON.parse(readFileSync(join(folder, "pg-symlinks.json"), "utf8"));
  return links.map(({ target }) => basename(target));
}

test("embedded Postgres: a folder inside a private folder is out of reach for another user", () => {
  const clone = makeClone();
  const somebody = { uid: 65_534, gid: 65_534 };
  expect(canReach(join(clone, "a", "b"), somebody)).toBe(true);
  chmodSync(clone, 0o700);
  expect(canReach(join(clone, "a", "b"), somebody)).toBe(false);
});
