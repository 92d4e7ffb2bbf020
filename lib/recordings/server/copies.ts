import "server-only";
import type { Database } from "@/db/client";
import { readContentFault } from "@/db/faults";
import {
  type CopyOutcome,
  claimCopies,
  enqueueCopies,
  forgetCopy,
  isCopyWanted,
  retryCopy,
  settleCopy,
} from "@/db/queries/recordings";
import { recordSetAside } from "@/db/queries/set-aside";
import type { RecordingCopyRow } from "@/db/schema/reports";
import { describeError, log } from "@/lib/log";
import { RecordingError } from "@/lib/recordings/server/recording-error";
import { fetchFromVapi } from "@/lib/recordings/server/sources";
import {
  answerMs,
  deleteObject,
  getStorage,
  type Storage,
  storeObject,
} from "@/lib/recordings/server/storage";
import { workApart } from "@/lib/tick/server/work-apart";

const job = "recordings";
const atOnce = 3;
/** Delays of 1, 2, 4 … minutes: half a day in total. */
const mostAttempts = 10;

export interface CopyLimits {
  /** After this long, no more copies are claimed. */
  budgetMs: number;
  /** For one attempt: asking Vapi, fetching and storing. Shorter than a claim lasts (db/queries/recordings.ts). */
  attemptMs: number;
  /** Until storage answers a request without a body. */
  answerMs: number;
}

const usualLimits: CopyLimits = { budgetMs: 20_000, attemptMs: 240_000, answerMs };

/**
 * Copies the recordings in reports to our own storage, and deletes copies whose call was deleted or has expired, until
 * none is left or the budget is spent. Does nothing without storage. Safe to run concurrently.
 */
export async function keepRecordings(db: Database, limits = usualLimits): Promise<void> {
  const storage = getStorage();
  if (!storage) return;
  await enqueueCopies(db);
  await workApart(db, job, [], 1, ([id = ""]) => retryCopy(db, id));
  const until = Date.now() + limits.budgetMs;
  for (;;) {
    const copies = await claimCopies(db, atOnce);
    await Promise.all(
      copies.map((copy) =>
        copy.state === "deleting" ? remove(db, storage, copy, limits) : makeApart(db, storage, copy, limits),
      ),
    );
    if (copies.length < atOnce || Date.now() > until) return;
  }
}

/** Sets aside a copy that fails because of its content, so that the others are copied. It can be retried. */
async function makeApart(
  db: Database,
  storage: Storage,
  copy: RecordingCopyRow,
  limits: CopyLimits,
): Promise<void> {
  try {
    await make(db, storage, copy, limits);
  } catch (cause) {
    const reason = readContentFault(cause);
    if (reason === null) throw cause;
    await recordSetAside(db, { job, item: copy.id, reason });
    await settleCopy(db, copy, { came: "failed", why: reason, pauseMs: null });
  }
}

async function make(
  db: Database,
  storage: Storage,
  copy: RecordingCopyRow,
  limits: CopyLimits,
): Promise<void> {
  const outcome = await attempt(storage, copy, limits);
  if (outcome.came === "failed") {
    log("warn", "a recording could not be copied", { callId: copy.callId, why: outcome.why });
  }
  const counts = await settleCopy(db, copy, outcome);
  // If another process has taken over, the object is its too: both store it under the same name.
  if (!counts && outcome.came === "kept" && !(await isCopyWanted(db, copy.id))) {
    await deleteObject(storage, copy, limits.answerMs);
  }
}

async function attempt(
  storage: Storage,
  copy: RecordingCopyRow,
  { attemptMs }: CopyLimits,
): Promise<CopyOutcome> {
  // The earlier attempts were not settled: their processes died, perhaps because of this recording.
  if (copy.attempts > mostAttempts) {
    return { came: "failed", why: `None of ${mostAttempts} attempts was finished.`, pauseMs: null };
  }
  const deadline = AbortSignal.timeout(attemptMs);
  try {
    return await store(storage, copy, attemptMs, deadline);
  } catch (cause) {
    const isTooSlow = deadline.aborted;
    return toFailure(
      copy,
      isTooSlow ? new RecordingError(`Copying it took longer than ${attemptMs / 1000} s.`, false) : cause,
    );
  }
}

async function store(
  storage: Storage,
  copy: RecordingCopyRow,
  attemptMs: number,
  deadline: AbortSignal,
): Promise<CopyOutcome> {
  const { headers, body } = await fetchFromVapi(copy.callId, { range: null, signal: deadline });
  if (!body) throw new RecordingError("The recording's host sent nothing.", false);
  const said = headers.get("content-length");
  const contentType = headers.get("content-type") ?? "application/octet-stream";
  const sound = { body, contentType, bytes: said === null ? null : Number(said) };
  const bytes = await storeObject(storage, copy, sound, { attemptMs, deadline });
  return { came: "kept", contentType, bytes };
}

function toFailure({ attempts }: RecordingCopyRow, cause: unknown): CopyOutcome {
  const isKnown = cause instanceof RecordingError;
  const why = isKnown ? cause.message : `Your storage rejected it (${describeError(cause)}).`;
  const isOver = attempts >= mostAttempts || (isKnown && cause.isLasting);
  return { came: "failed", why, pauseMs: isOver ? null : 60_000 * 2 ** (attempts - 1) };
}

async function remove(
  db: Database,
  storage: Storage,
  copy: RecordingCopyRow,
  limits: CopyLimits,
): Promise<void> {
  try {
    await deleteObject(storage, copy, limits.answerMs);
    await forgetCopy(db, copy.id);
  } catch (cause) {
    // Claimed again once its lease ends, until it succeeds.
    log("error", "the copy of a deleted recording could not be removed", {
      copyId: copy.id,
      error: cause,
    });
  }
}
