import "server-only";
import { db } from "@/db/client";
import { adoptOrphans } from "@/db/queries/record/record-delivery";
import { catchUpFigures, rollUpFigures } from "@/lib/analytics/server/figures";
import { checkVersions } from "@/lib/analytics/server/versions";
import { checkConnectionsHourly } from "@/lib/connect/server/drift";
import { tidyListening } from "@/lib/control/server/listen";
import { giveUpActions } from "@/lib/control/server/perform";
import { forwardDue } from "@/lib/forwarding/server/forward";
import { runImports } from "@/lib/imports/server/jobs";
import { noticeIncidents } from "@/lib/incidents/server/notice";
import { followIssues } from "@/lib/issues/server/issues";
import { catchUpKnowledge } from "@/lib/knowledge/server/knowledge";
import { escalateDue } from "@/lib/notifications/server/escalate";
import { sendDueAndSetAside } from "@/lib/notifications/server/send-due";
import { applyRetention } from "@/lib/privacy/server/erase";
import { watchRates } from "@/lib/rates/server/watch";
import { reconcileOccupancy } from "@/lib/realtime/server/pusher-webhook";
import { reconcile } from "@/lib/reconciliation/server/reconcile";
import { keepRecordings } from "@/lib/recordings/server/copies";
import { catchUpDocuments } from "@/lib/reports/server/documents";
import { checkRouting } from "@/lib/routing/server/manage";
import { checkStaleCalls } from "@/lib/tick/server/stale-calls";
import { type Job, silenceJobs, takeJob } from "@/lib/tick/server/with-traffic";
import { workApart } from "@/lib/tick/server/work-apart";

const beatMs = 4_000;
const minuteMs = 50_000;

const jobs: readonly Job[] = [
  ...silenceJobs,
  { name: "incidents", everyMs: beatMs, run: noticeIncidents },
  { name: "escalations", everyMs: beatMs, run: () => escalateDue(db) },
  { name: "notifications", everyMs: beatMs, run: () => sendDueAndSetAside(db) },
  // Takes only part of the beat; the rest is done by the next one, or by the next event.
  { name: "forwarding", everyMs: beatMs, run: () => forwardDue(db, () => new Date(), 3_000) },
  { name: "stale-calls", everyMs: minuteMs, run: () => checkStaleCalls(db) },
  { name: "adopt-orphans", everyMs: minuteMs, run: adoptSetAside },
  { name: "live-control", everyMs: beatMs, run: () => Promise.all([giveUpActions(), tidyListening()]) },
  { name: "retention", everyMs: minuteMs, run: () => applyRetention(db) },
  { name: "figures", everyMs: minuteMs, run: () => catchUpFigures(db).then(() => rollUpFigures(db)) },
  { name: "versions", everyMs: minuteMs, run: () => checkVersions(db) },
  { name: "rates", everyMs: minuteMs, run: () => watchRates(db) },
  { name: "recordings", everyMs: minuteMs, run: () => keepRecordings(db) },
  { name: "archive", everyMs: beatMs, run: () => catchUpDocuments(db) },
  { name: "knowledge", everyMs: minuteMs, run: () => catchUpKnowledge(db) },
  { name: "routing", everyMs: minuteMs, run: () => checkRouting(db) },
  { name: "connections", everyMs: minuteMs, run: () => checkConnectionsHourly(db) },
  { name: "imports", everyMs: beatMs, run: () => runImports(db) },
  { name: "reconciliation", everyMs: 2 * 60_000 - 10_000, run: () => reconcile(db) },
  { name: "issues", everyMs: minuteMs, run: () => followIssues(db) },
  { name: "occupancy", everyMs: minuteMs, run: () => reconcileOccupancy(db) },
];

/** Retries orphaned events that a call could not adopt because of their content. */
function adoptSetAside(): Promise<void> {
  return workApart(db, "adopt-orphans", [], 1, async ([item = ""]) => {
    const [conversationId = "", ...callId] = item.split(" ");
    await adoptOrphans(db, conversationId, callId.join(" "));
  });
}

type TickReport = Record<string, Awaited<ReturnType<typeof takeJob>>>;

/**
 * Runs the jobs that depend on time alone. Safe to run at any rate and in many processes: a due job is taken by one
 * process, and everything a job does is claimed or can be repeated. Never rejects.
 */
export async function runTick(): Promise<TickReport> {
  const outcomes = await Promise.all(jobs.map(async (job) => [job.name, await takeJob(job)] as const));
  return Object.fromEntries(outcomes);
}

const pauseMs = 5_000;

/** `next dev` may load this module again, but each process needs only one timer. */
const clock = globalThis as typeof globalThis & { earshotTicks?: boolean };

/** Runs the tick every few seconds while this process lives. A job that is slow or waits for Vapi does not delay the others. */
export function startTicking(): void {
  if (clock.earshotTicks) return;
  clock.earshotTicks = true;
  const busy = new Set<string>();
  const tick = () => {
    for (const job of jobs) {
      if (busy.has(job.name)) continue;
      busy.add(job.name);
      void takeJob(job).then(() => busy.delete(job.name));
    }
    setTimeout(tick, pauseMs).unref();
  };
  setTimeout(tick, pauseMs).unref();
}
