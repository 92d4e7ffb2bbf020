import postgres from "postgres";
import { afterAll, expect, test } from "vitest";
import { createSilenceWatch } from "@/db/silence-watch";
import { breakPostgres } from "@/tests/support/database/broken-postgres";

/** What it says when it is slow comes this much later: longer than it may take to answer a newcomer. */
const slowMs = 900;
const door = await breakPostgres(process.env.DATABASE_URL ?? "", slowMs);
const { openSocket, noteQuery } = createSilenceWatch();
const client = postgres(door.url, {
  max: 2,
  fetch_types: false,
  connect_timeout: 60,
  backoff: () => 0.1,
  ...{ socket: openSocket },
});
afterAll(async () => {
  await client.end({ timeout: 0 });
  door.close();
});

/** "answered", or the code of the failure. */
function ask(statement = "select 1"): Promise<string> {
  noteQuery();
  const code = ({ code }: { code: string }) => code;
  return client.unsafe(statement).then(() => "answered", code);
}

test.each([
  ["hung", "CONNECTION_CLOSED", "CONNECTION_SILENT"],
  ["gone", "CONNECTION_CLOSED", "CONNECTION_SILENT"],
  ["refused", "CONNECTION_CLOSED", "ECONNREFUSED"],
] as const)(
  "database: queries to one that is %s fail, and the next finds it back",
  async (state, open, anew) => {
    expect(await Promise.all([ask(), ask()])).toEqual(["answered", "answered"]);
    door.become(state);
    // More than the pool has connections: none may be lost to a server that says nothing.
    const failed = await Promise.all([ask(), ask(), ask()]);
    expect(failed).toEqual([open, open, open]);
    expect(await ask()).toBe(anew);
    door.become("well");
    expect(await ask()).toBe("answered");
  },
);

test("database: a statement that takes long is left alone while the server lives", async () => {
  expect(await ask("select pg_sleep(2.5)")).toBe("answered");
});

test("database: one that is far away is left alone while it answers", async () => {
  expect(await Promise.all([ask(), ask()])).toEqual(["answered", "answered"]);
  door.become("slow");
  for (let round = 0; round < 3; round += 1) {
    expect(await Promise.all([ask(), ask()])).toEqual(["answered", "answered"]);
  }
  door.become("well");
});
