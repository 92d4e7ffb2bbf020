import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import parsePrometheus, { type MetricFamily } from "parse-prometheus-text-format";
import { beforeEach, expect, test } from "vitest";
import { GET } from "@/app/metrics/route";
import { db } from "@/db/client";
import { saveReconciled } from "@/db/queries/reconciliation/calls";
import { notificationChannels, notifications } from "@/db/schema/alerts";
import { reconciledCalls } from "@/db/schema/reconciliation";
import { deliver } from "@/tests/support/deliveries/deliver";
import { startLiveCall } from "@/tests/support/deliveries/live-call";
import { signedIn } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";

beforeEach(() => db.delete(reconciledCalls));

async function scrape(role: "viewer" | "operator" = "operator") {
  const { cookie } = await signedIn(role);
  const answer = await GET(send("/metrics", { cookie }));
  const text = await answer.text();
  const families: MetricFamily[] = answer.ok ? parsePrometheus(text) : [];
  const read = (name: string, labels: Record<string, string> = {}) => {
    const found = families
      .find((family) => family.name === `earshot_${name}`)
      ?.metrics.find((metric) =>
        Object.entries(labels).every(([label, value]) => metric.labels?.[label] === value),
      );
    return found ? Number(found.value) : null;
  };
  return { answer, text, families, read };
}

test("metrics: Prometheus gets calls, alerts, events, response times and queues, each with a help text", async () => {
  const before = await scrape();
  const call = startLiveCall();
  await call.answered(30);
  await call.hangs(12);
  const after = await scrape();
  expect(after.answer.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(after.answer.headers.get("cache-control")).toBe("no-store");
  for (const { name, help, type } of after.families) {
    expect([name, type]).toEqual([expect.stringMatching(/^earshot_[a-z_]+$/), "GAUGE"]);
    expect(help).toMatch(/^[A-Z].+\.$/);
  }
  const grown = (name: string, labels: Record<string, string>) =>
    (after.read(name, labels) ?? 0) - (before.read(name, labels) ?? 0);
  expect(grown("live_calls", { status: "in-progress" })).toBe(1);
  expect(grown("open_alerts", { kind: "hang" })).toBe(1);
  expect(grown("events", { type: "hang", outcome: "recorded" })).toBe(1);
  expect(after.read("answer_seconds", { type: "hang", quantile: "0.95" })).toBeGreaterThan(0);
  expect(after.read("queue_length", { queue: "archive" })).not.toBeNull();
  expect(after.read("last_event_timestamp_seconds")).toBeCloseTo(Date.now() / 1000, -2);
});

test("metrics: the share of delivered calls and reports is absent until some are compared, then correct", async () => {
  const none = await scrape();
  expect([none.read("compared_calls"), none.read("heard_ratio", { of: "calls" })]).toEqual([0, null]);
  const now = new Date();
  const found = Array.from({ length: 8 }, (_, index) => ({
    callId: randomUUID(),
    createdAt: now,
    nextAt: index === 7 ? now : null,
    isHeard: index > 0,
    isReportHeard: index > 1,
  }));
  await saveReconciled(db, found, now);
  const { families, read } = await scrape();
  expect(read("compared_calls")).toBe(7);
  expect(read("heard_ratio", { of: "calls" })).toBeCloseTo(6 / 7);
  expect(read("heard_ratio", { of: "reports" })).toBeCloseTo(5 / 7);
  const shares = families.find(({ name }) => name === "earshot_heard_ratio")?.metrics;
  expect(shares?.map(({ labels }) => labels)).toEqual([{ of: "calls" }, { of: "reports" }]);
});

test("metrics: waiting and failed notifications are counted for channels and for people", async () => {
  const before = await scrape();
  const [channel] = await db
    .insert(notificationChannels)
    .values({ kind: "slack", name: "Team", target: "hooks.slack.com" })
    .returning();
  const { id: userId } = await signedIn("operator");
  const dueAt = new Date(Date.now() + 3_600_000);
  const recipients = [{ channelId: channel?.id }, { userId, via: "email" as const }];
  await db.insert(notifications).values(
    recipients.flatMap((recipient) => [
      { id: randomUUID(), dueAt, ...recipient },
      { id: randomUUID(), dueAt, ...recipient, state: "failed" as const, settledAt: new Date() },
    ]),
  );
  const after = await scrape();
  for (const kind of ["slack", "email"]) {
    const grown = (name: string, labels: Record<string, string>) =>
      (after.read(name, labels) ?? 0) - (before.read(name, labels) ?? 0);
    expect([kind, grown("queue_length", { queue: `notifications_${kind}` })]).toEqual([kind, 1]);
    expect([kind, grown("notifications_failed", { channel: kind })]).toEqual([kind, 1]);
  }
});

test("metrics: an unknown event type is counted as other, and no call ID or number appears", async () => {
  const call = startLiveCall();
  await call.answered(30);
  const type = `made-up-${randomUUID()}`;
  await deliver({ message: { type, timestamp: Date.now(), call: { id: call.callId } } });
  const { text, families, read } = await scrape();
  expect(text).not.toContain(type);
  expect(text).not.toContain(call.callId);
  // Any digits may occur in a value, such as a time.
  const labels = families.flatMap(({ metrics }) => metrics.map((metric) => metric.labels));
  expect(JSON.stringify(labels)).not.toContain("0103");
  expect(read("events", { type: "other", outcome: "unknown" })).toBeGreaterThan(0);
});

test("metrics: every metric and label that the Grafana dashboard asks for is there", async () => {
  const call = startLiveCall();
  await call.answered(30);
  await call.hangs(12);
  await deliver({ message: { type: "made-up", timestamp: Date.now() } });
  const now = new Date();
  const compared = { createdAt: now, nextAt: null, isHeard: true, isReportHeard: true };
  await saveReconciled(db, [{ callId: call.callId, ...compared }], now);
  const { families } = await scrape();
  const dashboard = readFileSync("docs/grafana-dashboard.json", "utf8");
  const asked = [...dashboard.matchAll(/"expr": ("(?:[^"\\]|\\.)*")/g)].map(([, expr = ""]) =>
    JSON.parse(expr),
  );
  expect(asked.length).toBeGreaterThan(10);
  for (const expr of asked) {
    const [, name, narrowed = ""] = /(earshot_[a-z_]+)(?:\{(.*?)\})?/.exec(expr) ?? [];
    const samples = families.find((family) => family.name === name)?.metrics ?? [];
    const labels = [...narrowed.matchAll(/(\w+)(!?=)"(.*?)"/g)];
    const grouped = /\bby \((\w+)\)/.exec(expr)?.[1];
    const found = samples.filter(
      (sample) =>
        (grouped === undefined || sample.labels?.[grouped] !== undefined) &&
        labels.every(([, label = "", sign, value]) => {
          const has = sample.labels?.[label];
          return has !== undefined && (has === value) === (sign === "=");
        }),
    );
    expect([expr, found.length > 0]).toEqual([expr, true]);
  }
});

test("metrics: a viewer is rejected with 403 and an unauthenticated request with 401", async () => {
  expect((await scrape("viewer")).answer.status).toBe(403);
  expect((await GET(send("/metrics"))).status).toBe(401);
});
