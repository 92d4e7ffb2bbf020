import "server-only";
import type { Database } from "@/db/client";
import { deleteOldSignInAttempts } from "@/db/queries/auth/clear-sign-in-attempts";
import { deleteOldAuditEntries } from "@/db/queries/privacy/delete-old-audit-entries";
import { deleteOldEffects } from "@/db/queries/privacy/delete-old-effects";
import { deleteOldEvents } from "@/db/queries/privacy/delete-old-events";
import { deleteOldRefusals } from "@/db/queries/privacy/delete-old-refusals";
import { scrubAgain, scrubJob } from "@/db/queries/privacy/scrub-calls";
import { sweepCalls } from "@/db/queries/privacy/sweep-calls";
import { sweepLatecomers } from "@/db/queries/privacy/sweep-latecomers";
import { deleteOldRouted } from "@/db/queries/routing/delete-old-routed";
import { readSetting } from "@/db/queries/settings/read-setting";
import { log } from "@/lib/log";
import { type CallRetentionKind, type RetentionKind, retentionSetting } from "@/lib/privacy/retention";
import { workApart } from "@/lib/tick/work-apart";

const dayMs = 24 * 60 * 60_000;
const callKinds = ["transcripts", "recordings", "personal"] as const satisfies CallRetentionKind[];

/** How many entries of the log were deleted, and how many calls lost which kind of data. */
export type RetentionReport = Record<RetentionKind, number>;

/**
 * Takes out what is older than an admin has set it may get, in small transactions, until there is no more or `budgetMs`
 * has passed: the next run goes on. Safe to run twice at once, and to be killed at any point.
 */
export async function applyRetention(db: Database, budgetMs = 20_000): Promise<RetentionReport> {
  const retention = await readSetting(db, retentionSetting);
  const deadline = Date.now() + budgetMs;
  const report: RetentionReport = { events: 0, transcripts: 0, recordings: 0, personal: 0 };
  const steps: Record<string, () => Promise<unknown>> = {
    events: async () => {
      if (retention.events !== null)
        report.events = await sweepEvents(db, before(retention.events), deadline);
    },
    refusals: () => deleteOldRefusals(db),
    signInAttempts: () => deleteOldSignInAttempts(db),
    audit: () => deleteOldAuditEntries(db),
    effects: () => deleteOldEffects(db),
    routed: () => deleteOldRouted(db),
  };
  for (const kind of callKinds) {
    const days = retention[kind];
    if (days !== null) {
      steps[kind] = async () => {
        report[kind] = await sweep(db, kind, before(days), deadline);
      };
    }
  }
  // One step that fails keeps no other from its work; what is no step is a call that was set aside within one.
  await workApart(
    db,
    scrubJob,
    Object.keys(steps),
    1,
    ([item = ""]) => steps[item]?.() ?? scrubAgain(db, item),
  );
  if (Object.values(report).some((count) => count > 0)) log("info", "retention was applied", report);
  return report;
}

async function sweepEvents(db: Database, cutoff: Date, deadline: number): Promise<number> {
  for (let total = 0; ; ) {
    const { events, isDone } = await deleteOldEvents(db, cutoff);
    total += events;
    if (isDone || Date.now() > deadline) return total;
  }
}

async function sweep(db: Database, kind: CallRetentionKind, cutoff: Date, deadline: number): Promise<number> {
  for (let total = await sweepLatecomers(db, kind); ; ) {
    const { calls, isDone } = await sweepCalls(db, kind, cutoff);
    total += calls;
    if (isDone || Date.now() > deadline) return total;
  }
}

function before(days: number): Date {
  return new Date(Date.now() - days * dayMs);
}
