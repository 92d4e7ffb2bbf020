import "server-only";
import { db } from "@/db/client";
import { takeTurn } from "@/db/queries/tick";
import { noticeOpenAlerts } from "@/lib/alerts/server/notice";
import { env } from "@/lib/env";
import { logRepeated } from "@/lib/log-repeated";
import { noticeDueRules } from "@/lib/rules/server/notice";

export interface Job {
  name: string;
  /** Minimum time since the job was last started anywhere; slightly less than the interval of the tick. */
  everyMs: number;
  run: () => Promise<unknown>;
}

/** Runs a job unless it was started recently: of all processes that try at once, one runs it. Never rejects. */
export async function takeJob({ name, everyMs, run }: Job): Promise<"done" | "not due" | "failed"> {
  try {
    if (!(await takeTurn(db, name, everyMs))) return "not due";
    await run();
    return "done";
  } catch (cause) {
    const what = "a job of the tick failed";
    logRepeated("error", what, { job: name, error: cause }, `${what}: ${name}`);
    return "failed";
  }
}

/** Together with `askEveryMs`, below the five seconds within which silence must be noticed. */
const everyMs = 3_500;

/** Jobs on live calls that depend on time alone and must run within seconds. */
export const silenceJobs: readonly Job[] = [
  { name: "alerts", everyMs, run: () => noticeOpenAlerts(db) },
  { name: "rules", everyMs, run: () => noticeDueRules(db) },
];

/** A process tries to take a turn at most this often. */
const askEveryMs = 1_000;

let askedAt = Number.NEGATIVE_INFINITY;

/**
 * Checks for silence on every event of any call, for platforms without a long-running process, whose cron runs once a
 * minute (Vercel). Call it once the event is recorded, for work after the response. Never rejects.
 */
export async function noticeSilenceWithTraffic(): Promise<void> {
  if (!env.VERCEL || Date.now() - askedAt < askEveryMs) return;
  askedAt = Date.now();
  await Promise.all(silenceJobs.map(takeJob));
}
