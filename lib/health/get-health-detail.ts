import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { measureEvents } from "@/db/queries/health/measure-events";
import { readState } from "@/db/queries/health/read-state";
import { listSetAside } from "@/db/queries/set-aside/set-aside";
import { checkRealtime } from "@/lib/check-health";
import { type HealthDetail, type HealthPeriod, healthPeriods } from "@/lib/health/health-detail";
import { published } from "@/lib/realtime/published";

/** The slowest job comes up each minute: one that was not begun for so long waits for a tick that does not come. */
const lateMs = 3 * 60_000;

/** How Earshot is doing, from its own records. @throws when the database does not answer. */
export async function getHealthDetail(db: Database, period: HealthPeriod): Promise<HealthDetail> {
  const minutes = healthPeriods[period];
  const pingMs = await ping(db);
  const [measures, state, aside] = await Promise.all([
    measureEvents(db, minutes),
    readState(db, minutes),
    listSetAside(db),
  ]);
  const now = Date.now();
  return {
    now: new Date(now).toISOString(),
    period,
    replies: measures.replies,
    outcomes: measures.outcomes,
    rate: { lastMinute: measures.lastMinute, period: measures.events / minutes },
    lastEventAt: toIso(state.lastEventAt),
    database: { pingMs, bytes: Number(state.bytes) },
    realtime: {
      state: checkRealtime(),
      sent: published.sent,
      failed: published.failed,
      lastFailureAt: published.lastFailureAt?.toISOString() ?? null,
      channels: state.channels,
    },
    setup: {
      admittedAt: toIso(state.admittedAt),
      refusedAt: toIso(state.refusedAt),
      refusals: state.refusals,
    },
    jobs: state.jobs.map(({ name, begunAt }) => ({
      name,
      begunAt: new Date(begunAt).toISOString(),
      isLate: now - Date.parse(begunAt) > lateMs,
    })),
    setAside: {
      count: aside.count,
      items: aside.items.map((row) => ({
        ...row,
        firstAt: row.firstAt.toISOString(),
        lastAt: row.lastAt.toISOString(),
        retryAt: row.retryAt.toISOString(),
      })),
    },
    outbox: { waiting: state.waiting, overdueSince: toIso(state.overdueSince), failedInPeriod: state.failed },
  };
}

async function ping(db: Database): Promise<number> {
  const from = performance.now();
  await db.execute(sql`select 1`);
  return performance.now() - from;
}

function toIso(time: string | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
