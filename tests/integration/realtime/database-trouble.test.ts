import { afterAll, expect, test, vi } from "vitest";
import { breakPostgres } from "@/tests/support/database/broken-postgres";

const postgres = await breakPostgres(process.env.DATABASE_URL ?? "");
process.env.DATABASE_URL = postgres.url;

afterAll(() => {
  vi.useRealTimers();
  postgres.close();
});

test("realtime: while the database hangs, the generation is used for four seconds, then nothing is sent until a new one is read", async () => {
  // Imported after the environment is set, because modules read it when loaded.
  const { publishingGeneration } = await import("@/lib/realtime/server/generation");
  const { published } = await import("@/lib/realtime/server/pusher-client");
  const { sendPushes } = await import("@/lib/realtime/server/send");
  const push = { channel: "private-board", push: { kind: "stale", callId: "call" } } as const;
  const before = await publishingGeneration();
  expect(before).not.toBeNull();

  postgres.become("hung");
  const startedMs = Date.now();
  vi.useFakeTimers({ now: startedMs, toFake: ["Date"] });
  vi.setSystemTime(startedMs + 3_000);
  expect(await publishingGeneration()).toBe(before);
  vi.setSystemTime(startedMs + 4_500);
  expect(await publishingGeneration()).toBeNull();
  const { failed } = published;
  await sendPushes([push]);
  expect(published.failed).toBe(failed + 1);

  postgres.become("well");
  const after = await publishingGeneration();
  expect(after).not.toBeNull();
  expect(after).not.toBe(before);
  expect(await publishingGeneration()).toBe(after);
});
