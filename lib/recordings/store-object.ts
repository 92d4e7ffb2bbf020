import "server-only";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { objectName } from "@/lib/recordings/object-name";
import type { Storage } from "@/lib/recordings/storage";
import { toNodeStream } from "@/lib/recordings/to-node-stream";

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
