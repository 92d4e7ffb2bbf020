import "server-only";
import { GetObjectCommand, S3ServiceException } from "@aws-sdk/client-s3";
import type { RecordingCopyRow } from "@/db/schema/recording-copies";
import { objectName } from "@/lib/recordings/object-name";
import { getStorage } from "@/lib/recordings/storage";

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
