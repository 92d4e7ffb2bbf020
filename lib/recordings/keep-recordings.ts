import "server-only";
import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import type { Database } from "@/db/client";
import { readContentFault } from "@/db/content-fault";
import { claimCopies } from "@/db/queries/recordings/claim-copies";
import { enqueueCopies } from "@/db/queries/recordings/enqueue-copies";
import { forgetCopy } from "@/db/queries/recordings/forget-copy";
import { type CopyOutcome, retryCopy, settleCopy } from "@/db/queries/recordings/settle-copy";
import { noteSetAside } from "@/db/queries/set-aside/set-aside";
import type { RecordingCopyRow } from "@/db/schema/recording-copies";
import { describeError, log } from "@/lib/log";
import { fetchFromVapi } from "@/lib/recordings/fetch-from-vapi";
import { objectName } from "@/lib/recordings/object-name";
import { RecordingTrouble } from "@/lib/recordings/recording-trouble";
import { getStorage, type Storage } from "@/lib/recordings/storage";
import { storeObject } from "@/lib/recordings/store-object";
import { workApart } from "@/lib/tick/work-apart";

const job = "recordings";
const atOnce = 3;
/** 1, 2, 4 … minutes: half a day in all. */
const mostAttempts = 10;

/**
 * Copies the recordings that reports tell of to our own storage, and deletes copies whose call or time is over, until
 * there is no more or `budgetMs` has passed. Does nothing without a storage. Safe to run in many processes at once.
 */
export async function keepRecordings(db: Database, budgetMs = 20_000): Promise<void> {
  const storage = getStorage();
  if (!storage) return;
  await enqueueCopies(db);
  await workApart(db, job, [], 1, ([id = ""]) => retryCopy(db, id));
  const deadline = Date.now() + budgetMs;
  for (;;) {
    const copies = await claimCopies(db, atOnce);
    await Promise.all(
      copies.map((copy) =>
        copy.state === "doomed" ? remove(db, storage, copy) : makeApart(db, storage, copy),
      ),
    );
    if (copies.length < atOnce || Date.now() > deadline) return;
  }
}

/** One that fails for its content is given up, so that the others are copied, and can be retried. */
async function makeApart(db: Database, storage: Storage, copy: RecordingCopyRow): Promise<void> {
  try {
    await make(db, storage, copy);
  } catch (cause) {
    const reason = readContentFault(cause);
    if (reason === null) throw cause;
    await noteSetAside(db, { job, item: copy.id, reason });
    await settleCopy(db, copy, { came: "failed", why: reason, pauseMs: null });
  }
}

async function make(db: Database, storage: Storage, copy: RecordingCopyRow): Promise<void> {
  const outcome = await store(storage, copy).catch((cause) => toFailure(copy, cause));
  if (outcome.came === "failed") {
    log("warn", "a recording could not be copied", { callId: copy.callId, why: outcome.why });
  }
  const counts = await settleCopy(db, copy, outcome);
  if (!counts && outcome.came === "kept") await deleteObject(storage, copy);
}

async function store(storage: Storage, copy: RecordingCopyRow): Promise<CopyOutcome> {
  const { headers, body } = await fetchFromVapi(copy.callId, { range: null });
  if (!body) throw new RecordingTrouble("The recording's host sent nothing.", false);
  const said = headers.get("content-length");
  const contentType = headers.get("content-type") ?? "application/octet-stream";
  const bytes = await storeObject(storage, copy, {
    body,
    contentType,
    bytes: said === null ? null : Number(said),
  });
  return { came: "kept", contentType, bytes };
}

function toFailure({ attempts }: RecordingCopyRow, cause: unknown): CopyOutcome {
  const isKnown = cause instanceof RecordingTrouble;
  const why = isKnown ? cause.message : `The storage did not take it (${describeError(cause).error}).`;
  const isOver = attempts >= mostAttempts || (isKnown && cause.isLasting);
  return { came: "failed", why, pauseMs: isOver ? null : 60_000 * 2 ** (attempts - 1) };
}

async function remove(db: Database, storage: Storage, copy: RecordingCopyRow): Promise<void> {
  try {
    await deleteObject(storage, copy);
    await forgetCopy(db, copy.id);
  } catch (cause) {
    // It comes up again when its lease is over, for as long as it takes.
    log("error", "the copy of a deleted recording is still there", {
      copyId: copy.id,
      ...describeError(cause),
    });
  }
}

async function deleteObject({ client, bucket }: Storage, copy: RecordingCopyRow): Promise<void> {
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: objectName(copy) }));
}
