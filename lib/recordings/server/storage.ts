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
import type { RecordingCopyRow } from "@/db/schema/reports";
import { env } from "@/lib/env";

/** Returns the object key of a copy. */
function objectName({ id }: Pick<RecordingCopyRow, "id">): string {
  return `recordings/${id}`;
}

export interface Storage {
  client: S3Client;
  bucket: string;
}

const ignore = () => undefined;

/** Until storage accepts a connection, and until it has answered a request, such as one with a part of 5 MB. */
const connectMs = 5_000;
const requestMs = 60_000;
/** Until storage answers a request without a body. */
export const answerMs = 10_000;

const memory: { storage?: Storage | null } = {};

/** Returns our S3-compatible storage for recordings; null if not configured. */
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
    // Only Amazon puts the bucket in the host name; other servers expect it in the path.
    ...(endpoint && { endpoint, forcePathStyle: true }),
    // The client would log to the console; failures are logged here instead.
    logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    // By default, the client waits for ever.
    requestHandler: {
      connectionTimeout: connectMs,
      requestTimeout: requestMs,
      throwOnRequestTimeout: true,
    },
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
 * @throws errors of the storage or of the recording's host, or at the deadline; parts already uploaded are removed
 */
export async function storeObject(
  { client, bucket }: Storage,
  copy: { id: string },
  { body, contentType, bytes }: Sound,
  { attemptMs, deadline }: { attemptMs: number; deadline: AbortSignal },
): Promise<number> {
  const place = { Bucket: bucket, Key: objectName(copy), ContentType: contentType };
  if (bytes !== null) {
    const params = { ...place, Body: toNodeStream(body), ContentLength: bytes };
    await client.send(new PutObjectCommand(params), { abortSignal: deadline, requestTimeout: attemptMs });
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
  const upload = new Upload({ client, queueSize: partsAtOnce, params });
  deadline.addEventListener("abort", () => void upload.abort(), { once: true });
  await upload.done();
  return length;
}

/** Deletes an object; one that does not exist is no error. */
export async function deleteObject(
  { client, bucket }: Storage,
  copy: RecordingCopyRow,
  requestTimeout: number,
): Promise<void> {
  const command = new DeleteObjectCommand({ Bucket: bucket, Key: objectName(copy) });
  await client.send(command, { requestTimeout });
}

/**
 * Returns our copy of a recording, or a range of it: 200, 206 or 416. Null if there is no copy or no storage.
 * @param requestTimeout ms until storage answers; reading the recording may take longer
 * @throws if the storage does not respond
 */
export async function readCopy(
  copy: RecordingCopyRow,
  { range, signal }: { range: string | null; signal?: AbortSignal | undefined },
  requestTimeout = answerMs,
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
      { requestTimeout, ...(signal && { abortSignal: signal }) },
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
