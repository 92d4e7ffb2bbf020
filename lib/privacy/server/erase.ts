import "server-only";
import type { Database } from "@/db/client";
import { deleteOldAuditEntries, recordAudit } from "@/db/queries/audit";
import { deleteOldSignInAttempts } from "@/db/queries/auth/sign-in-attempts";
import { deleteOldDeliveries } from "@/db/queries/forwarding/log";
import { deleteOldIssues } from "@/db/queries/issues";
import {
  type Deleted,
  deleteOldEffects,
  deleteOldEvents,
  deleteOldNotifications,
  deleteOldRejections,
  sweepCalls,
  sweepLatecomers,
} from "@/db/queries/privacy/retention";
import { scrubAgain, scrubJob } from "@/db/queries/privacy/scrub-calls";
import {
  countSubject,
  deleteSubjectCalls,
  deleteSubjectRest,
  listRevived,
} from "@/db/queries/privacy/subject";
import { deleteOldRouted } from "@/db/queries/routed";
import { readSetting, writeSetting } from "@/db/queries/settings";
import type { By } from "@/lib/audit/audit";
import { maskNumber } from "@/lib/calls/mask-text";
import { log } from "@/lib/log";
import {
  type CallRetentionKind,
  deletionPhrase,
  type Retention,
  type RetentionKind,
  retentionSetting,
  type Subject,
} from "@/lib/privacy/subject";
import { publishDeletions } from "@/lib/realtime/server/publish";
import { workApart } from "@/lib/tick/server/work-apart";

const dayMs = 24 * 60 * 60_000;
const callKinds = ["transcripts", "recordings", "personal"] as const satisfies CallRetentionKind[];

/** Number of deleted events, and of calls that lost each kind of data. */
export type RetentionReport = Record<RetentionKind, number>;

/**
 * Deletes data older than the retention periods, in small transactions, until none is left or `budgetMs` has passed;
 * the next run continues. Safe to run concurrently and to kill at any point.
 */
export async function applyRetention(db: Database, budgetMs = 20_000): Promise<RetentionReport> {
  const retention = await readSetting(db, retentionSetting);
  const deadline = Date.now() + budgetMs;
  const report: RetentionReport = { events: 0, transcripts: 0, recordings: 0, personal: 0 };
  const steps: Record<string, () => Promise<unknown>> = {
    events: async () => {
      if (retention.events === null) return;
      const cutoff = before(retention.events);
      report.events = await sweepRows(() => deleteOldEvents(db, cutoff), deadline);
    },
    revived: () => eraseRevived(db),
    rejections: () => deleteOldRejections(db),
    signInAttempts: () => deleteOldSignInAttempts(db),
    audit: () => deleteOldAuditEntries(db),
    effects: () => sweepRows(() => deleteOldEffects(db), deadline),
    notifications: () => sweepRows(() => deleteOldNotifications(db), deadline),
    routed: () => deleteOldRouted(db),
    forwarding: () => deleteOldDeliveries(db),
    issues: () => deleteOldIssues(db),
  };
  for (const kind of callKinds) {
    const days = retention[kind];
    if (days !== null) {
      steps[kind] = async () => {
        report[kind] = await sweep(db, kind, before(days), deadline);
      };
    }
  }
  // A failing step does not stop the others. An item that is not a step is a call that was set aside by one.
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

async function eraseRevived(db: Database): Promise<void> {
  const ids = await listRevived(db);
  if (ids.length > 0) await deleteSubjectCalls(db, { kind: "calls", ids });
}

async function sweepRows(deleteBatch: () => Promise<Deleted>, deadline: number): Promise<number> {
  for (let total = 0; ; ) {
    const { rows, isDone } = await deleteBatch();
    total += rows;
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

/** Leaves a serverless function time to respond; the next press of the button deletes the rest. */
const budgetMs = 20_000;

export type Deletion =
  | { outcome: "unconfirmed" }
  /** `calls`: deleted; `remaining`: not deleted for lack of time. */
  | { outcome: "done"; calls: number; remaining: number };

/**
 * Deletes everything about a caller. Later calls start a new record. The audit log stores who did it, when and how
 * much, with the number masked.
 * @param confirmation the typed phrase (deletionPhrase); nothing is deleted if the amount has changed since it was
 * shown
 */
export async function deleteSubject(
  db: Database,
  subject: Subject,
  confirmation: string,
  by: By,
): Promise<Deletion> {
  const counts = await countSubject(db, subject);
  if (confirmation.trim().toLowerCase() !== deletionPhrase(counts)) return { outcome: "unconfirmed" };
  const detail = Object.fromEntries(Object.entries(counts).map(([kind, count]) => [kind, String(count)]));
  // Written first, because a deletion interrupted half-way must be recorded too.
  await recordAudit(db, { ...by, action: "data.deleted", target: nameOf(subject), detail });

  const calls = await deleteCalls(db, subject, Date.now() + budgetMs);
  const remaining = Math.max(0, counts.calls - calls);
  if (remaining === 0) await deleteSubjectRest(db, subject);
  return { outcome: "done", calls, remaining };
}

async function deleteCalls(db: Database, subject: Subject, deadline: number): Promise<number> {
  for (let total = 0; ; ) {
    const ids = await deleteSubjectCalls(db, subject);
    total += ids.length;
    await publishDeletions(ids);
    if (ids.length === 0 || Date.now() > deadline) return total;
  }
}

function nameOf(subject: Subject): string {
  if (subject.kind === "number") return `the caller ${maskNumber(subject.number)}`;
  if (subject.kind === "conversation") return `the conversation ${subject.uuid}`;
  return subject.ids.length === 1 ? `the call ${subject.ids[0]}` : `${subject.ids.length} chosen calls`;
}

/** Sets how long data is kept. The next runs of the tick delete what is now too old. */
export async function setRetention(db: Database, retention: Retention, by: By): Promise<void> {
  await db.transaction(async (tx) => {
    const was = await readSetting(tx, retentionSetting);
    await writeSetting(tx, retentionSetting, retention);
    const detail = { from: inWords(was), to: inWords(retention) };
    await recordAudit(tx, { ...by, action: "retention.changed", detail });
  });
}

function inWords(retention: Retention): string {
  return Object.entries(retention)
    .map(([kind, days]) => `${kind} ${days === null ? "kept" : `${days} days`}`)
    .join(", ");
}
