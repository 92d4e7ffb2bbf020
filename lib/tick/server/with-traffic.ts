import "server-only";
import { db } from "@/db/client";
import { takeTurn } from "@/db/queries/tick";
import { noticeOpenAlerts } from "@/lib/alerts/server/notice";
import { env } from "@/lib/env";
import { logRepeated } from "@/lib/log-repeated";
import { noticeDueRules } from "@/lib/rules/server/notice";

export interface Job {
  name: string;
  /** No sooner than this after somebody last began it; a little less than the clock's own beat. */
  everyMs: number;
  run: () => Promise<unknown>;
}

/** Does a job unless somebody has begun it a moment ago: of all processes that ask at once, one does it. Never rejects. */
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

/** With the second below it, within the five that somebody may be silent unnoticed. */
const everyMs = 3_500;

/** What time alone brings about on calls, and must be noticed within seconds. */
export const silenceJobs: readonly Job[] = [
  { name: "alerts", everyMs, run: () => noticeOpenAlerts(db) },
  { name: "rules", everyMs, run: () => noticeDueRules(db) },
];

/** One process asks for its turn no more often. */
const askEveryMs = 1_000;

let askedAt = Number.NEGATIVE_INFINITY;

/**
 * Notices silence with any event of any call, where no process lives to count seconds and the clock comes once a minute
 * (Vercel). To be called once the event is recorded, for what goes on after its answer. Never rejects.
 */
export async function noticeSilenceWithTraffic(): Promise<void> {
  if (!env.VERCEL || Date.now() - askedAt < askEveryMs) return;
  askedAt = Date.now();
  await Promise.all(silenceJobs.map(takeJob));
}
