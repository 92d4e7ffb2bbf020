import { readFileSync } from "node:fs";
import type { RecordedBody } from "@/scripts/replayer/capture";
import { toRecordedBodies } from "@/scripts/replayer/to-recorded-body";

/** Reads a file that is one body, or a list of them. @param indexedMs when the folder's index says it happened */
export function readRecordedBodies(path: string, indexedMs: number | null): RecordedBody[] {
  return toRecordedBodies(path, readFileSync(path), indexedMs);
}
