import "server-only";
import { type Database, db } from "@/db/client";
import { getLastReceipt } from "@/db/queries/calls/read";
import { countConnections } from "@/db/queries/connect";
import { readForwardingState } from "@/db/queries/forwarding/log";
import { measureEvents, measurePing, probeWrites, readState } from "@/db/queries/health";
import { readBacklog } from "@/db/queries/record/record-together";
import { listSetAside } from "@/db/queries/set-aside";
import { readSetting } from "@/db/queries/settings";
import { withDeadline } from "@/lib/async";
import { lastCheckSetting } from "@/lib/connect/connection";
import { type HealthDetail, type HealthPeriod, healthPeriods } from "@/lib/health/detail";
import type { DatabaseProblem, Health } from "@/lib/health/health";
import { seenProblem, toDatabaseProblem } from "@/lib/health/server/writes";
import { logRepeated } from "@/lib/log-repeated";
import { published } from "@/lib/realtime/server/pusher-client";
import { readComparison } from "@/lib/reconciliation/server/gaps";
import { remembered } from "@/lib/remembered";

const timeoutMs = 2_000;
/** A failure to publish longer ago than this no longer counts. */
const realtimeMemoryMs = 60_000;

export async function checkHealth(): Promise<Health> {
  const [last, writes] = await Promise.all([readLastEvent(), writeProblem.get()]);
  const problem = last ? (seenProblem() ?? writes) : "unreachable";
  return {
    status: problem ? "failing" : "ok",
    database: problem ? "down" : "up",
    problem,
    realtime: checkRealtime(),
    lastEventAt: last?.at?.toISOString() ?? null,
  };
}

/** Why the database rejects writes, or null. Cached, because this check is public and may be requested at any rate. */
const writeProblem = remembered<DatabaseProblem | null, DatabaseProblem>({
  load: () =>
    withDeadline(probeWrites(db), timeoutMs).then(
      () => null,
      (cause: unknown) => toDatabaseProblem(cause) ?? "unreachable",
    ),
  freshMs: 5_000,
  fallback: () => "unreachable",
  onFailure: (cause) => logRepeated("error", "the probe of the database failed", { error: cause }),
});

type LastEvent = { at: Date | null } | null;

let reading: Promise<LastEvent> | null = null;

/** Null if the database does not respond in time. Concurrent callers share one query. */
function readLastEvent(): Promise<LastEvent> {
  reading ??= queryLastEvent().finally(() => {
    reading = null;
  });
  return reading;
}

async function queryLastEvent(): Promise<LastEvent> {
  try {
    return { at: await withDeadline(getLastReceipt(db), timeoutMs) };
  } catch (cause) {
    logRepeated("error", "the database does not answer", { error: cause });
    return null;
  }
}

/** Returns whether pushes arrive, as seen by this process. */
function checkRealtime(): Health["realtime"] {
  const { lastFailureAt, sent } = published;
  if (lastFailureAt && Date.now() - lastFailureAt.getTime() < realtimeMemoryMs) return "failing";
  return sent > 0 ? "up" : "unknown";
}

/** Every job runs about once a minute; one that has not started for this long means that no tick arrives. */
const lateMs = 3 * 60_000;

/** Reads Earshot's own health from its records. @throws if the database does not respond */
export async function getHealthDetail(db: Database, period: HealthPeriod): Promise<HealthDetail> {
  const minutes = healthPeriods[period];
  const pingMs = await measurePing(db);
  const [measures, state, aside, connections, lastCheck, comparison, forwarding] = await Promise.all([
    measureEvents(db, minutes),
    readState(db, minutes),
    listSetAside(db),
    countConnections(db),
    readSetting(db, lastCheckSetting),
    readComparison(db),
    readForwardingState(db, minutes),
  ]);
  const { givenUp, ...forwarded } = forwarding;
  const now = Date.now();
  return {
    now: new Date(now).toISOString(),
    period,
    replies: measures.replies,
    outcomes: measures.outcomes,
    rate: { lastMinute: measures.lastMinute, period: measures.events / minutes },
    lastEventAt: toIso(state.lastEventAt),
    database: { pingMs, bytes: Number(state.bytes) },
    backlog: readBacklog(),
    realtime: {
      state: checkRealtime(),
      sent: published.sent,
      failed: published.failed,
      lastFailureAt: published.lastFailureAt?.toISOString() ?? null,
      channels: state.channels,
    },
    setup: {
      admittedAt: toIso(state.admittedAt),
      rejectedAt: toIso(state.rejectedAt),
      rejections: state.rejections,
    },
    vapi: { ...connections, ...lastCheck },
    comparison,
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
    forwarding: { ...forwarded, givenUpInPeriod: givenUp },
    outbox: { waiting: state.waiting, overdueSince: toIso(state.overdueSince), failedInPeriod: state.failed },
  };
}

function toIso(time: string | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
