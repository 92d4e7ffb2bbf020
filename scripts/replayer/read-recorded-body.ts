import { readFileSync } from "node:fs";
import type { RecordedBody } from "@/scripts/replayer/capture";
import { toRecordedBody } from "@/scripts/replayer/to-recorded-body";

/** Reads a file that is one body. @param indexedMs when the folder's index says it happened */
export function readRecordedBody(path: string, indexedMs: number | null): RecordedBody {
  return toRecordedBody(path, readFileSync(path), indexedMs);
}
