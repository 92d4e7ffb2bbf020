import "server-only";
import { Gauge, Registry } from "prom-client";
import type { Database } from "@/db/client";
import { readForwardingState } from "@/db/queries/forwarding/log";
import { measureEvents, measurePing, readState } from "@/db/queries/health";
import { readStanding } from "@/db/queries/metrics";
import { readRecentCoverage } from "@/db/queries/reconciliation/calls";
import { readBacklog } from "@/db/queries/record/record-together";
import { alertKinds } from "@/lib/alerts/alert";
import { liveStatuses } from "@/lib/calls/call";
import { dataAge } from "@/lib/health/server/replica";
import { published } from "@/lib/realtime/server/pusher-client";
import { knownTypes } from "@/lib/webhook/server/registry";

/** Period of figures counted over time: two scrapes in most setups. */
const minutes = 5;

/**
 * Returns Earshot's metrics in Prometheus text format. They come from the database, so every instance reports the
 * same; pushes and the in-memory backlog are counted per instance. No label has a value from outside: unknown types are
 * `other`.
 * @throws if the database does not respond
 */
export async function readMetrics(db: Database): Promise<{ text: string; contentType: string }> {
  const pingMs = await measurePing(db);
  const [events, state, standing, forwarding, coverage, { behindSeconds }] = await Promise.all([
    measureEvents(db, minutes),
    readState(db, minutes),
    readStanding(db),
    readForwardingState(db, 60),
    readRecentCoverage(db, new Date(Date.now() - 3_600_000)),
    dataAge(),
  ]);
  const registry = new Registry();
  const gauge = (name: string, help: string, samples: readonly Sample[]) => {
    const labelNames = [...new Set(samples.flatMap(({ labels = {} }) => Object.keys(labels)))];
    const made = new Gauge({ name: `earshot_${name}`, help, labelNames, registers: [registry] });
    for (const { labels = {}, value } of samples) made.inc(labels, value);
  };

  gauge("live_calls", "Live calls, by Vapi status.", [
    ...liveStatuses.map((status) => ({ labels: { status }, value: 0 })),
    ...standing.calls.map(({ label: status, count: value }) => ({ labels: { status }, value })),
  ]);
  gauge("open_alerts", "Open alerts: unresolved, and the cause persists.", [
    ...alertKinds.map((kind) => ({ labels: { kind }, value: 0 })),
    ...standing.alerts.map(({ label: kind, count: value }) => ({ labels: { kind }, value })),
  ]);
  const outcomes = ["recorded", "unknown", "malformed", "duplicate"] as const;
  gauge(
    "events",
    `Events received in the last ${minutes} minutes, by type and outcome.`,
    events.byType.flatMap((row) =>
      outcomes.map((outcome) => ({ labels: { type: toKnown(row.type), outcome }, value: row[outcome] })),
    ),
  );
  gauge(
    "answer_seconds",
    `Response time of the webhook, from receipt to response, over the last ${minutes} minutes.`,
    events.replies
      .filter(({ type }) => knownTypes.includes(type))
      .flatMap(({ type, p50, p95, p99 }) =>
        Object.entries({ "0.5": p50, "0.95": p95, "0.99": p99 }).flatMap(([quantile, ms]) =>
          ms === null ? [] : [{ labels: { type, quantile }, value: ms / 1000 }],
        ),
      ),
  );
  gauge("last_event_timestamp_seconds", "Unix time of the newest event; 0 before the first.", [
    { value: state.lastEventAt ? Date.parse(state.lastEventAt) / 1000 : 0 },
  ]);
  gauge("queue_length", "Items waiting, by queue.", [
    ...standing.waiting.map(({ label, count: value }) => ({
      labels: { queue: `notifications_${label}` },
      value,
    })),
    { labels: { queue: "forwarding" }, value: forwarding.waiting },
    { labels: { queue: "recordings" }, value: standing.recordings },
    { labels: { queue: "archive" }, value: standing.undocumented },
    ...standing.setAside.map(({ label, count: value }) => ({
      labels: { queue: `set_aside_${label}` },
      value,
    })),
  ]);
  gauge(
    "notifications_failed",
    "Notifications that failed permanently in the last hour, by channel kind: to channels and to people.",
    standing.failed.map(({ label: channel, count: value }) => ({ labels: { channel }, value })),
  );
  gauge(
    "replica_lag_seconds",
    "Lag of the replica at DATABASE_READ_URL. Absent if there is none or its lag is unknown.",
    typeof behindSeconds === "number" ? [{ value: behindSeconds }] : [],
  );
  gauge("forwarding_targets", "Forwarding targets, by state.", [
    { labels: { state: "up" }, value: forwarding.targets - forwarding.paused - forwarding.down },
    { labels: { state: "down" }, value: forwarding.down },
    { labels: { state: "paused" }, value: forwarding.paused },
  ]);
  gauge(
    "forwarding_given_up",
    "Forwarded items dropped in the last hour after being rejected for 24 hours.",
    [{ value: forwarding.givenUp }],
  );
  gauge("compared_calls", "Ended calls compared with Vapi's list in the last hour.", [
    { value: coverage.calls },
  ]);
  gauge(
    "heard_ratio",
    "Share of the compared calls received, 0 to 1: calls with any event, and reports. Absent if no calls were compared.",
    coverage.calls === 0
      ? []
      : [
          { labels: { of: "calls" }, value: coverage.heard / coverage.calls },
          { labels: { of: "reports" }, value: coverage.reports / coverage.calls },
        ],
  );
  gauge(
    "job_age_seconds",
    "Time since each background job last started.",
    state.jobs.map(({ name: job, begunAt }) => ({
      labels: { job },
      value: Math.max(0, (Date.now() - Date.parse(begunAt)) / 1000),
    })),
  );
  gauge("webhook_rejections", "Kinds of rejected deliveries on record.", [{ value: state.rejections }]);
  gauge("pushes_sent", "Pushes sent by this instance since it started.", [{ value: published.sent }]);
  gauge("pushes_failed", "Pushes this instance failed to send since it started.", [
    { value: published.failed },
  ]);
  const backlog = readBacklog();
  gauge("backlog_events", "Events waiting for the database in this instance.", [{ value: backlog.events }]);
  gauge("backlog_bytes", "Memory used by events waiting for the database.", [{ value: backlog.bytes }]);
  gauge(
    "partials_dropped",
    "Partials dropped by this instance since it started because the backlog was full.",
    [{ value: backlog.droppedPartials }],
  );
  gauge(
    "events_refused",
    "Events answered with 503 by this instance since it started because the backlog was full.",
    [{ value: backlog.refusedEvents }],
  );
  gauge("database_ping_seconds", "Round-trip time of a minimal query.", [{ value: pingMs / 1000 }]);
  gauge("database_size_bytes", "Size of the database on disk.", [{ value: Number(state.bytes) }]);
  return { text: await registry.metrics(), contentType: registry.contentType };
}

interface Sample {
  labels?: Readonly<Record<string, string>>;
  value: number;
}

function toKnown(type: string): string {
  return knownTypes.includes(type) ? type : "other";
}
