import "server-only";
import { S3Client } from "@aws-sdk/client-s3";
import { env } from "@/lib/env";

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
