import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { GET } from "@/app/api/analytics/stages/route";
import { db } from "@/db/client";
import { figureDays } from "@/db/schema/analytics";
import { calls } from "@/db/schema/calls";
import type { AnalyticsFilter } from "@/lib/analytics/analytics";
import { getStages, rollUpFigures } from "@/lib/analytics/server/figures";
import { endOfCallReport } from "@/tests/fixtures/end-of-call-report";
import { createdAtMs } from "@/tests/fixtures/fixture-call";
import { deliver } from "@/tests/support/deliveries/deliver";
import { signedIn } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";

const day = new Date(createdAtMs).toISOString().slice(0, 10);
const filter: AnalyticsFilter = { from: day, to: day, zone: "UTC" };
const later = new Date(createdAtMs + 40 * 24 * 3_600_000);
const stages = (narrower: Partial<AnalyticsFilter> = {}) => getStages(db, { ...filter, ...narrower }, later);
const provider = async (name: string, narrower?: Partial<AnalyticsFilter>) =>
  (await stages(narrower)).providers.find((one) => one.name === name);

/** Two calls that ended normally, and one in which the voice failed. */
beforeEach(async () => {
  await db.execute(sql`truncate ${calls} cascade`);
  for (const endedReason of [
    "customer-ended-call",
    "assistant-ended-call",
    "call.in-progress.error-providerfault-eleven-labs-voice-failed",
  ])
    await deliver(endOfCallReport({ callId: randomUUID(), endedReason }));
});

describe("stages and providers", () => {
  test("each stage has the median and p95 of the period's replies, which count in their hourly step only", async () => {
    const { figures, before, steps } = await stages();
    expect(figures.model).toEqual({ replies: 6, p50Ms: 287.5, p95Ms: 362.5 });
    expect(figures.voice).toMatchObject({ replies: 6, p50Ms: 475 });
    expect(before.model).toEqual({ replies: 0, p50Ms: null, p95Ms: null });
    expect(steps).toHaveLength(24);
    expect(steps.filter(({ figures: of }) => of.model.replies > 0)).toHaveLength(1);
  });

  test("each provider has the calls it billed, its stage's times, its cost and its failures", async () => {
    expect(await provider("OpenAI")).toMatchObject({
      stage: "model",
      figures: { calls: 3, failureRate: 0, p50Ms: 287.5 },
    });
    expect((await provider("OpenAI"))?.figures.costUsd).toBeGreaterThan(0);
    const { providers } = await stages();
    const failing = providers.filter(({ figures }) => (figures.failureRate ?? 0) > 0);
    expect(failing.map(({ name, stage }) => [name, stage])).toEqual([["ElevenLabs", "voice"]]);
    const platform = providers.find(({ stage }) => stage === "vapi");
    expect(platform).toMatchObject({ name: "Vapi", figures: { calls: 3, failureRate: 0 } });
  });

  test("daily sums of stages equal the figures of their calls, for every filter", async () => {
    const { assistant, number } = await db
      .execute<{ assistant: string; number: string }>(sql`select assistant, number from call_figures limit 1`)
      .then(([row]) => row ?? { assistant: "", number: "" });
    const filters = [{}, { assistant }, { number }];
    const read = await Promise.all(filters.map(stages));
    expect(await stages({ assistant, number })).toEqual(read[0]);
    expect((await stages({ assistant: "none" })).figures.model.replies).toBe(0);
    expect(read[0]?.figures.model.replies).toBe(6);
    await rollUpFigures(db, { quietMs: 0, budgetMs: 60_000 });
    expect(await db.select().from(figureDays)).toMatchObject([{ rolledStages: expect.any(Number) }]);
    // The rollups answer without the reports.
    await db.execute(sql`update reports set latency = null`);
    expect(await Promise.all(filters.map(stages))).toEqual(read);
  });

  test("daily sums stored before stages existed are recomputed", async () => {
    await rollUpFigures(db, { quietMs: 0, budgetMs: 60_000 });
    await db.update(figureDays).set({ rolledStages: null });
    await db.execute(sql`truncate stage_rollups`);
    await rollUpFigures(db, { quietMs: 0, budgetMs: 60_000 });
    await db.execute(sql`update reports set latency = null`);
    expect((await stages()).figures.model.replies).toBe(6);
  });

  test("GET /api/analytics/stages answers a viewer but rejects a viewer's filter by number", async () => {
    const { cookie } = await signedIn("viewer");
    const ask = (query: string) => GET(send(`/api/analytics/stages?${query}`, { cookie }));
    expect((await ask(`from=${day}&to=${day}`)).status).toBe(200);
    expect((await ask(`from=${day}&to=${day}&number=%2B15550100903`)).status).toBe(403);
  });
});
