import "server-only";
import { db } from "@/db/client";
import { adoptOrphans } from "@/db/queries/record/record-delivery";
import { takeTurn } from "@/db/queries/tick";
import { noticeOpenAlerts } from "@/lib/alerts/server/notice";
import { catchUpFigures, rollUpFigures } from "@/lib/analytics/server/figures";
import { checkConnectionsHourly } from "@/lib/connect/server/drift";
import { tidyListening } from "@/lib/control/server/listen";
import { giveUpActions } from "@/lib/control/server/perform";
import { noticeIncidents } from "@/lib/incidents/server/notice";
import { followIssues } from "@/lib/issues/server/issues";
import { catchUpKnowledge } from "@/lib/knowledge/server/knowledge";
import { log } from "@/lib/log";
import { escalateDue } from "@/lib/notifications/server/escalate";
import { sendDueAndSetAside } from "@/lib/notifications/server/send-due";
import { applyRetention } from "@/lib/privacy/server/erase";
import { reconcileOccupancy } from "@/lib/realtime/server/pusher-webhook";
import { keepRecordings } from "@/lib/recordings/server/copies";
import { catchUpDocuments } from "@/lib/reports/server/documents";
import { checkRouting } from "@/lib/routing/server/manage";
import { noticeDueRules } from "@/lib/rules/server/notice";
import { checkStaleCalls } from "@/lib/tick/server/stale-calls";
import { workApart } from "@/lib/tick/server/work-apart";

interface Job {
  name: string;
  /** No sooner than this after somebody last began it; a little less than the clock's own beat. */
  everyMs: number;
  run: () => Promise<unknown>;
}

const beatMs = 4_000;
const minuteMs = 50_000;

const jobs: readonly Job[] = [
  { name: "alerts", everyMs: beatMs, run: () => noticeOpenAlerts(db) },
  { name: "rules", everyMs: beatMs, run: () => noticeDueRules(db) },
  { name: "incidents", everyMs: beatMs, run: noticeIncidents },
  { name: "escalations", everyMs: beatMs, run: () => escalateDue(db) },
  { name: "notifications", everyMs: beatMs, run: () => sendDueAndSetAside(db) },
  { name: "stale-calls", everyMs: minuteMs, run: () => checkStaleCalls(db) },
  { name: "adopt-orphans", everyMs: minuteMs, run: adoptSetAside },
  { name: "live-control", everyMs: beatMs, run: () => Promise.all([giveUpActions(), tidyListening()]) },
  { name: "retention", everyMs: minuteMs, run: () => applyRetention(db) },
  { name: "figures", everyMs: minuteMs, run: () => catchUpFigures(db).then(() => rollUpFigures(db)) },
  { name: "recordings", everyMs: minuteMs, run: () => keepRecordings(db) },
  { name: "archive", everyMs: beatMs, run: () => catchUpDocuments(db) },
  { name: "knowledge", everyMs: minuteMs, run: () => catchUpKnowledge(db) },
  { name: "routing", everyMs: minuteMs, run: () => checkRouting(db) },
  { name: "connections", everyMs: minuteMs, run: () => checkConnectionsHourly(db) },
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

export type TickReport = Record<string, "done" | "not due" | "failed">;

/**
 * Does what time alone brings about. Safe to run as often as one likes, in any number of processes at once: each job is taken
 * by one of them when its turn has come, and each thing it does is claimed or can be repeated. Never rejects.
 */
export async function runTick(): Promise<TickReport> {
  const outcomes = await Promise.all(jobs.map(async (job) => [job.name, await take(job)] as const));
  return Object.fromEntries(outcomes);
}

async function take({ name, everyMs, run }: Job): Promise<TickReport[string]> {
  try {
    if (!(await takeTurn(db, name, everyMs))) return "not due";
    await run();
    return "done";
  } catch (cause) {
    log("error", "a job of the tick failed", { job: name, error: cause });
    return "failed";
  }
}

const pauseMs = 5_000;

/** `next dev` may load this module again: one clock a process. */
const clock = globalThis as typeof globalThis & { earshotTicks?: boolean };

/** Runs the tick every few seconds for as long as this process lives. */
export function startTicking(): void {
  if (clock.earshotTicks) return;
  clock.earshotTicks = true;
  const tick = async () => {
    await runTick();
    setTimeout(tick, pauseMs).unref();
  };
  setTimeout(tick, pauseMs).unref();
}
