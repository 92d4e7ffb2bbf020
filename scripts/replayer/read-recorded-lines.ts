import { readFileSync } from "node:fs";
import type { RecordedBody } from "@/scripts/replayer/capture";
import { toRecordedBody } from "@/scripts/replayer/to-recorded-body";

/** Reads a file of JSON lines, each a body: a capture as Earshot's event log gives it out. Empty lines are none. */
export function readRecordedLines(path: string): RecordedBody[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .flatMap((line, index) =>
      line.trim() ? [toRecordedBody(`${path}:${index + 1}`, Buffer.from(line), null)] : [],
    );
}
