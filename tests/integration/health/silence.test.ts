import postgres from "postgres";
import { afterAll, expect, test } from "vitest";
import { createSilenceWatch } from "@/db/silence-watch";
import { breakPostgres } from "@/tests/support/database/broken-postgres";

/** Delay of a slow server's answers: longer than the watch waits for its probe. */
const slowMs = 900;
const proxy = await breakPostgres(process.env.DATABASE_URL ?? "", slowMs);
const { openSocket, noteQuery: recordQuery } = createSilenceWatch();
const pools: postgres.Sql[] = [];
const client = openPool();
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end({ timeout: 0 })));
  proxy.close();
});

function openPool(): postgres.Sql {
  const pool = postgres(proxy.url, {
    max: 2,
    fetch_types: false,
    connect_timeout: 60,
    backoff: () => 0.1,
    ...{ socket: openSocket },
  });
  pools.push(pool);
  return pool;
}

/** "answered", or the code of the failure. */
function ask(statement = "select 1", pool = client): Promise<string> {
  recordQuery();
  const code = ({ code }: { code: string }) => code;
  return pool.unsafe(statement).then(() => "answered", code);
}

test.each([
  ["hung", "CONNECTION_CLOSED", "CONNECTION_SILENT"],
  ["gone", "CONNECTION_CLOSED", "CONNECTION_SILENT"],
  ["refused", "CONNECTION_CLOSED", "ECONNREFUSED"],
] as const)(
  "database: queries fail while it is %s, and the next one succeeds once it is back",
  async (state, open, anew) => {
    expect(await Promise.all([ask(), ask()])).toEqual(["answered", "answered"]);
    proxy.become(state);
    // More queries than the pool has connections: no connection may be lost to a silent server.
    const failed = await Promise.all([ask(), ask(), ask()]);
    expect(failed).toEqual([open, open, open]);
    expect(await ask()).toBe(anew);
    proxy.become("well");
    expect(await ask()).toBe("answered");
  },
);

test("database: a long statement is not aborted while the server responds", async () => {
  expect(await ask("select pg_sleep(2.5)")).toBe("answered");
});

test("database: a slow server is not given up while it responds", async () => {
  expect(await Promise.all([ask(), ask()])).toEqual(["answered", "answered"]);
  proxy.become("slow");
  for (let round = 0; round < 3; round += 1) {
    expect(await Promise.all([ask(), ask()])).toEqual(["answered", "answered"]);
  }
  proxy.become("well");
});

test("database: a connection opened during an outage fails once the server answers others, and the next one works", async () => {
  const fresh = openPool();
  expect(await ask()).toBe("answered");
  const lostBefore = proxy.lost();
  proxy.become("hung");
  let outcome = "";
  const opening = ask("select 1", fresh).then((code) => {
    outcome = code;
  });
  await expect.poll(() => proxy.lost()).toBeGreaterThan(lostBefore);
  proxy.become("well");
  // Other connections are answered throughout, so the server as a whole is never silent.
  while (outcome === "") expect(await ask()).toBe("answered");
  await opening;
  expect(outcome).toBe("CONNECTION_SILENT");
  expect(await ask("select 1", fresh)).toBe("answered");
});
