import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, expect, it, vi } from "vitest";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { transcriptFinal } from "@/tests/fixtures/transcript-final";
import { breakPostgres } from "@/tests/support/database/broken-postgres";

const direct = postgres(process.env.DATABASE_URL ?? "", { max: 2, onnotice: () => {} });
const proxy = await breakPostgres(process.env.DATABASE_URL ?? "");
process.env.DATABASE_URL = proxy.url;
vi.resetModules();
const { deliver } = await import("@/tests/support/deliveries/deliver");

afterAll(async () => {
  proxy.close();
  await direct.end();
});

it("webhook: an event whose statement is interrupted is recorded and answered 200 once the database is back", async () => {
  const callId = randomUUID();
  await deliver(statusUpdate("in-progress", { callId, atMs: 1_000 }));
  const delivering = await direct.begin(async (transaction) => {
    await transaction`select from calls where id = ${callId} for update`;
    const posted = deliver(transcriptFinal("user", "Hello?", { callId, atMs: 2_000 }));
    await expect
      .poll(
        () =>
          direct`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      .toHaveLength(1);
    proxy.become("gone");
    return { posted };
  });
  proxy.become("well");
  expect((await delivering.posted).status).toBe(200);
  expect(await direct`select from events where call_id = ${callId}`).toHaveLength(2);
  expect(await direct`select version from calls where id = ${callId}`).toEqual([{ version: 2 }]);
});
