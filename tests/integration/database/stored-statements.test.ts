import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { db } from "@/db/client";
import { recordStatements } from "@/db/queries/record/record-statement";
import { toDefinition } from "@/db/stored-statement";
import { applyMigrations } from "@/scripts/local/apply-migrations";
import { projectFolder } from "@/scripts/local/project-folder";
import { makeDelivery } from "@/tests/support/database/record-facts";

const [apart, shared] = recordStatements;
if (!apart || !shared) throw new Error("Two statements are expected.");

/** Each test starts without what the process knows of missing functions. */
beforeEach(async () => {
  vi.resetModules();
  await applyMigrations(process.env.DATABASE_URL ?? "");
});

async function record(
  deliveries: Parameters<typeof import("@/db/queries/record/record-events").recordEvents>[1],
) {
  const { recordEvents } = await import("@/db/queries/record/record-events");
  return recordEvents(db.$client, deliveries);
}

const makeOne = () => makeDelivery(randomUUID(), { call: { assistantName: "Nora" } });

const readNames = async () => {
  const rows = await db.$client`
    select proname from pg_proc where proname ~ '^record_(apart|shared)_' order by oid`;
  return rows.map(({ proname }) => proname);
};

/** Puts a function in a statement's place that only fails, so that a call of it shows. */
const breakStored = (name: string) =>
  db.$client.unsafe(`
    create or replace function ${name}(jsonb) returns table ("isFresh" boolean, "call" jsonb, "context" jsonb, "hasOrphans" boolean)
    language plpgsql as $$ begin raise exception 'it was called'; end $$`);

const drop = (name: string) => db.$client.unsafe(`drop function if exists ${name}`);

test("stored statements: a function's name ends with the digest of its text, so a changed text needs a new name", () => {
  const named = recordStatements.map(({ name }) => name.replace(/.*_/, ""));
  const digests = recordStatements.map(({ toText }) =>
    createHash("sha256").update(toText()).digest("hex").slice(0, 8),
  );
  expect(named).toEqual(digests);
});

test("stored statements: the functions that migrations create are those of the current code", async () => {
  const folder = join(projectFolder, "drizzle/functions");
  expect((await readdir(folder)).sort()).toEqual(recordStatements.map(({ name }) => `${name}.sql`).sort());
  for (const statement of recordStatements)
    expect(await readFile(join(folder, `${statement.name}.sql`), "utf8")).toBe(toDefinition(statement));
});

test("stored statements: migrations create both functions, and repeating them changes nothing", async () => {
  const names = await readNames();
  expect(names).toEqual(expect.arrayContaining([apart.name, shared.name]));
  await applyMigrations(process.env.DATABASE_URL ?? "");
  expect(await readNames()).toEqual(names);
});

test("stored statements: deliveries are recorded by the function for their kind", async () => {
  await breakStored(apart.name);
  const [one, other] = [makeOne(), makeOne()];
  await expect(record([one, other])).rejects.toThrow("it was called");
  expect(await record([one, one])).toMatchObject([{ isFresh: true }, { isFresh: false }]);
  await breakStored(shared.name);
  await expect(record([other, other])).rejects.toThrow("it was called");
  await Promise.all([drop(apart.name), drop(shared.name)]);
});

test("stored statements: without its function, a delivery is recorded by the text, for a minute without another attempt", async () => {
  await drop(apart.name);
  expect(await record([makeOne()])).toMatchObject([{ isFresh: true, call: { assistantName: "Nora" } }]);
  await breakStored(apart.name);
  expect(await record([makeOne()])).toMatchObject([{ isFresh: true }]);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60_000 });
  try {
    await expect(record([makeOne()])).rejects.toThrow("it was called");
  } finally {
    vi.useRealTimers();
    await drop(apart.name);
  }
});

test("stored statements: in a transaction, a missing function does not abort what else is in it", async () => {
  await drop(shared.name);
  await drop(apart.name);
  const { recordEvents } = await import("@/db/queries/record/record-events");
  const recorded = await db.$client.begin(async (client) => {
    await client`select 1`;
    return recordEvents(client, [makeOne()]);
  });
  expect(recorded).toMatchObject([{ isFresh: true }]);
});

test("stored statements: the two versions before are kept, older ones dropped", async () => {
  const versions = ["record_apart_00000001", "record_apart_00000002", "record_apart_00000003"];
  await drop(apart.name);
  for (const name of versions) await breakStored(name);
  await applyMigrations(process.env.DATABASE_URL ?? "");
  const names = await readNames();
  expect(names.filter((name) => name.startsWith("record_apart"))).toEqual([...versions.slice(1), apart.name]);
  for (const name of versions) await drop(name);
});

test("stored statements: a role that may use the tables but not call the function records by the text", async () => {
  const url = new URL(process.env.DATABASE_URL ?? "");
  const role = `recorder_${randomUUID().replaceAll("-", "")}`;
  await db.$client.unsafe(`
    create role ${role} login password 'recorder';
    grant select, insert, update, delete on all tables in schema public to ${role};
    grant usage on all sequences in schema public to ${role};
    revoke execute on function ${apart.name} from public`);
  Object.assign(url, { username: role, password: "recorder" });
  vi.stubEnv("DATABASE_URL", url.href);
  Reflect.deleteProperty(globalThis, "earshotPool");
  const { db: own } = await import("@/db/client");
  try {
    const { recordEvents } = await import("@/db/queries/record/record-events");
    expect(await recordEvents(own.$client, [makeOne()])).toMatchObject([{ isFresh: true }]);
  } finally {
    vi.unstubAllEnvs();
    await own.$client.end();
    await db.$client.unsafe(`drop owned by ${role}; drop role ${role}`);
    await drop(apart.name);
  }
});
