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

/** The name of a copy in storage. */
export function objectName({ id }: Pick<RecordingCopyRow, "id">): string {
  return `recordings/${id}`;
}

export interface Storage {
  client: S3Client;
  bucket: string;
}

const ignore = () => undefined;

const memory: { storage?: Storage | null } = {};

/** Our own storage for recordings, anything that speaks S3's language; null when none is set. */
export function getStorage(): Storage | null {
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
    // Buckets as a host's first label are Amazon's habit; every other server knows them in the path.
    ...(endpoint && { endpoint, forcePathStyle: true }),
    // It would write to the console what we log ourselves.
    logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    // Trailing checksums are not understood by every server of this language.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
  return { client, bucket };
}

/** A body of fetch as a stream of Node, which is what S3's client takes: piece by piece, at the reader's pace. */
export function toNodeStream(body: ReadableStream<Uint8Array>): Readable {
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

/** Of one recording at most this is in memory: a part of 5 MB being sent, and the next one. */
const partsAtOnce = 2;

interface Sound {
  body: ReadableStream<Uint8Array>;
  contentType: string;
  /** What its host says; null where it does not (a chunked answer). */
  bytes: number | null;
}

/**
 * Puts a recording into our storage. In one request where its length is known, so that a process that dies leaves nothing behind;
 * else in parts, for S3 takes no request of unknown length.
 *
 * @returns its length in bytes
 * @throws what the storage or the recording's host throws; parts already there are taken back
 */
export async function storeObject(
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
    // It comes up again when its lease is over, for as long as it takes.
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
 * Our own copy of a recording, or a piece of it: 200, 206 or 416. Null when it is not there, or the storage is gone.
 * @throws when the storage does not answer
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
