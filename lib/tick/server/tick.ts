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
  // Little of the beat: what waits beyond it goes on with the next one, or with the next event.
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

/** What a call could not adopt for its content, once more. */
function adoptSetAside(): Promise<void> {
  return workApart(db, "adopt-orphans", [], 1, async ([item = ""]) => {
    const [conversationId = "", ...callId] = item.split(" ");
    await adoptOrphans(db, conversationId, callId.join(" "));
  });
}

export type TickReport = Record<string, Awaited<ReturnType<typeof takeJob>>>;

/**
 * Does what time alone brings about. Safe to run as often as one likes, in any number of processes at once: each job is taken
 * by one of them when its turn has come, and each thing it does is claimed or can be repeated. Never rejects.
 */
export async function runTick(): Promise<TickReport> {
  const outcomes = await Promise.all(jobs.map(async (job) => [job.name, await takeJob(job)] as const));
  return Object.fromEntries(outcomes);
}

const pauseMs = 5_000;

/** `next dev` may load this module again: one clock a process. */
const clock = globalThis as typeof globalThis & { earshotTicks?: boolean };

/** Runs the tick every few seconds for as long as this process lives. A job that takes long, or asks Vapi, holds up no other. */
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
