import { sql } from "drizzle-orm";
import { beforeEach, expect, it } from "vitest";
import { db } from "@/db/client";
import { sqlState } from "@/db/faults";

/** `fails_first(n, state)` raises that state the first n times it is called; a sequence counts on through rollbacks. */
beforeEach(async () => {
  await db.execute(sql`create sequence if not exists tries`);
  await db.execute(sql`alter sequence tries restart`);
  await db.execute(sql`
    create or replace function fails_first(times int, state text) returns int language plpgsql as $$
    declare n int := nextval('tries');
    begin
      if n <= times then raise exception 'given up' using errcode = state; end if;
      return n;
    end $$
  `);
});

const failsFirst = (times: number, state: string) => sql<number>`fails_first(${times}::int, ${state})`;

it("database: when two transactions deadlock, the aborted one is retried and both succeed", async () => {
  let runs = 0;
  const held = new Set<number>();
  let release = () => {};
  const bothHold = new Promise<void>((resolve) => {
    release = resolve;
  });
  const lockBoth = (first: number, second: number) =>
    db.transaction(async (tx) => {
      runs += 1;
      await tx.execute(sql`set local deadlock_timeout = '50ms'`);
      await tx.execute(sql`select pg_advisory_xact_lock(${first}::bigint)`);
      if (held.add(first).size === 2) release();
      await bothHold;
      await tx.execute(sql`select pg_advisory_xact_lock(${second}::bigint)`);
      return first;
    });
  expect(await Promise.all([lockBoth(71, 72), lockBoth(72, 71)])).toEqual([71, 72]);
  expect(runs).toBeGreaterThan(2);
});

it.each(["40001", "40P01"])("database: a statement aborted with %s is retried", async (state) => {
  const [row] = await db.execute<{ n: number }>(sql`select ${failsFirst(2, state)} as n`);
  expect(row?.n).toBe(3);
});

it("database: a query with typed rows is retried when it is aborted", async () => {
  const one = db
    .$with("one")
    .as(db.select({ n: failsFirst(2, "40001").as("n") }).from(sql`(values (1)) as v`));
  expect(await db.with(one).select().from(one)).toEqual([{ n: 3 }]);
});

it("database: a statement that keeps being aborted is tried five times", async () => {
  const cause = await db.execute(sql`select ${failsFirst(99, "40001")}`).catch((thrown: unknown) => thrown);
  expect(sqlState(cause)).toBe("40001");
  const [row] = await db.execute<{ n: number }>(sql`select nextval('tries')::int as n`);
  expect(row?.n).toBe(6);
});

it("database: a statement that fails for another reason is sent once", async () => {
  const cause = await db.execute(sql`select ${failsFirst(1, "22012")}`).catch((thrown: unknown) => thrown);
  expect(sqlState(cause)).toBe("22012");
  const [row] = await db.execute<{ n: number }>(sql`select nextval('tries')::int as n`);
  expect(row?.n).toBe(2);
});
