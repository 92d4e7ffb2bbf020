import "server-only";
import type { FoundRecording } from "@/db/queries/recordings/find-recording";
import { describeError, log } from "@/lib/log";
import { fetchFromVapi } from "@/lib/recordings/fetch-from-vapi";
import { readCopy } from "@/lib/recordings/read-copy";
import { RecordingTrouble } from "@/lib/recordings/recording-trouble";

interface Piece {
  /** A Range header. */
  range: string | null;
  signal?: AbortSignal | undefined;
}

/**
 * A call's recording, or a piece of it, from our own storage or else from Vapi's: 200, 206 or 416.
 *
 * @throws RecordingTrouble
 */
export async function openRecording(
  { callId, report, copy }: FoundRecording,
  piece: Piece,
): Promise<Response> {
  const own = copy && (await readCopy(copy, piece).catch((cause) => noteTrouble(callId, cause, piece)));
  if (own) return own;
  if (report && !report.hasRecording) {
    throw new RecordingTrouble("There is no recording of this call, or it has been deleted.", true);
  }
  return fetchFromVapi(callId, piece);
}

function noteTrouble(callId: string, cause: unknown, { signal }: Piece): null {
  if (signal?.aborted) throw cause;
  log("warn", "our own copy of a recording could not be read", { callId, ...describeError(cause) });
  return null;
}
