import "server-only";
import { Readable } from "node:stream";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import type { Database } from "@/db/client";
import { readContentFault } from "@/db/faults";
import {
  type CopyOutcome,
  claimCopies,
  enqueueCopies,
  forgetCopy,
  retryCopy,
  settleCopy,
} from "@/db/queries/recordings";
import { recordSetAside } from "@/db/queries/set-aside";
import type { RecordingCopyRow } from "@/db/schema/reports";
import { env } from "@/lib/env";
import { describeError, log } from "@/lib/log";
import { RecordingError } from "@/lib/recordings/server/recording-error";
import { fetchFromVapi } from "@/lib/recordings/server/sources";
import { workApart } from "@/lib/tick/server/work-apart";

/** Returns the object key of a copy. */
function objectName({ id }: Pick<RecordingCopyRow, "id">): string {
  return `recordings/${id}`;
}

interface Storage {
  client: S3Client;
  bucket: string;
}

const ignore = () => undefined;

const memory: { storage?: Storage | null } = {};

/** Returns our S3-compatible storage for recordings; null if not configured. */
function getStorage(): Storage | null {
  if (memory.storage === undefined) memory.storage = open();
  return memory.storage;
}

function open(): Storage | null {
  const {
    RECORDINGS_S3_ENDPOINT: endpoint,
    RECORDINGS_S3_BUCKET: bucket,
    RECORDINGS_S3_REGION: region,
    RECORDINGS_S3_KEY: accessKeyId,
    RECORDINGS_S3_SECRET: secretAccessKey,
  } = env;
  if (!bucket || !accessKeyId || !secretAccessKey) return null;
  const client = new S3Client({
    region,
    credentials: { accessKeyId, secretAccessKey },
    // Only Amazon puts the bucket in the host name; other servers expect it in the path.
    ...(endpoint && { endpoint, forcePathStyle: true }),
    // The client would log to the console; failures are logged here instead.
    logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    // Not every S3-compatible server supports trailing checksums.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
  return { client, bucket };
}

/** Converts a fetch body to a Node stream, which the S3 client requires. Respects backpressure. */
function toNodeStream(body: ReadableStream<Uint8Array>): Readable {
  return Readable.from(readAll(body));
}

async function* readAll(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Limits memory per recording to a 5 MB part being sent and the next one. */
const partsAtOnce = 2;

interface Sound {
  body: ReadableStream<Uint8Array>;
  contentType: string;
  /** Length given by the host; null if missing (a chunked response). */
  bytes: number | null;
}

/**
 * Uploads a recording to our storage: in one request if its length is known, so that a crash leaves nothing behind;
 * otherwise in parts, because S3 does not accept a request of unknown length.
 *
 * @returns its length in bytes
 * @throws errors of the storage or of the recording's host; parts already uploaded are removed
 */
async function storeObject(
  { client, bucket }: Storage,
  copy: { id: string },
  { body, contentType, bytes }: Sound,
): Promise<number> {
  const place = { Bucket: bucket, Key: objectName(copy), ContentType: contentType };
  if (bytes !== null) {
    const params = { ...place, Body: toNodeStream(body), ContentLength: bytes };
    await client.send(new PutObjectCommand(params));
    return bytes;
  }
  let length = 0;
  const counted = body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        length += piece.byteLength;
        controller.enqueue(piece);
      },
    }),
  );
  const params = { ...place, Body: toNodeStream(counted) };
  await new Upload({ client, queueSize: partsAtOnce, params }).done();
  return length;
}

const job = "recordings";
const atOnce = 3;
/** Delays of 1, 2, 4 … minutes: half a day in total. */
const mostAttempts = 10;

/**
 * Copies the recordings in reports to our own storage, and deletes copies whose call was deleted or has expired, until
 * none is left or `budgetMs` has passed. Does nothing without storage. Safe to run concurrently.
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

/** Sets aside a copy that fails because of its content, so that the others are copied. It can be retried. */
async function makeApart(db: Database, storage: Storage, copy: RecordingCopyRow): Promise<void> {
  try {
    await make(db, storage, copy);
  } catch (cause) {
    const reason = readContentFault(cause);
    if (reason === null) throw cause;
    await recordSetAside(db, { job, item: copy.id, reason });
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
  if (!body) throw new RecordingError("The recording's host sent nothing.", false);
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
  const isKnown = cause instanceof RecordingError;
  const why = isKnown ? cause.message : `Your storage rejected it (${describeError(cause)}).`;
  const isOver = attempts >= mostAttempts || (isKnown && cause.isLasting);
  return { came: "failed", why, pauseMs: isOver ? null : 60_000 * 2 ** (attempts - 1) };
}

async function remove(db: Database, storage: Storage, copy: RecordingCopyRow): Promise<void> {
  try {
    await deleteObject(storage, copy);
    await forgetCopy(db, copy.id);
  } catch (cause) {
    // Claimed again once its lease ends, until it succeeds.
    log("error", "the copy of a deleted recording could not be removed", {
      copyId: copy.id,
      error: cause,
    });
  }
}

async function deleteObject({ client, bucket }: Storage, copy: RecordingCopyRow): Promise<void> {
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: objectName(copy) }));
}

/**
 * Returns our copy of a recording, or a range of it: 200, 206 or 416. Null if there is no copy or no storage.
 * @throws if the storage does not respond
 */
export async function readCopy(
  copy: RecordingCopyRow,
  { range, signal }: { range: string | null; signal?: AbortSignal | undefined },
): Promise<Response | null> {
  const storage = getStorage();
  if (!storage) return null;
  try {
    const object = await storage.client.send(
      new GetObjectCommand({
        Bucket: storage.bucket,
        Key: objectName(copy),
        ...(range !== null && { Range: range }),
      }),
      signal ? { abortSignal: signal } : {},
    );
    if (!object.Body) return null;
    const headers = new Headers({ "content-type": copy.contentType ?? "application/octet-stream" });
    if (object.ContentLength !== undefined) headers.set("content-length", String(object.ContentLength));
    if (object.ContentRange) headers.set("content-range", object.ContentRange);
    return new Response(object.Body.transformToWebStream(), {
      status: object.ContentRange ? 206 : 200,
      headers,
    });
  } catch (cause) {
    if (!(cause instanceof S3ServiceException)) throw cause;
    if (cause.name === "NoSuchKey") return null;
    if (cause.$metadata.httpStatusCode !== 416) throw cause;
    return new Response(null, { status: 416, headers: { "content-range": `bytes */${copy.bytes ?? 0}` } });
  }
}
