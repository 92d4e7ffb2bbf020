import "server-only";
import type { FoundRecording } from "@/db/queries/recordings/find-recording";
import { problem } from "@/lib/http/server/http";
import { describeError, log } from "@/lib/log";
import { openRecording } from "@/lib/recordings/open-recording";
import { RecordingTrouble } from "@/lib/recordings/recording-trouble";

/**
 * The answer to a GET or HEAD of a recording: what our storage or Vapi's gave, streamed on as it comes, with only those
 * of its headers that a player needs. Links to storage stay here.
 */
export async function answerRecording(found: FoundRecording, request: Request): Promise<Response> {
  const isHead = request.method === "HEAD";
  // Signed links are signed for GET alone: a piece tells as much as a HEAD.
  const range = isHead ? "bytes=0-0" : request.headers.get("range");
  try {
    const answer = await openRecording(found, { range, signal: request.signal });
    if (!isHead) return new Response(answer.body, { status: answer.status, headers: playerHeaders(answer) });
    await answer.body?.cancel();
    return new Response(null, { headers: wholeHeaders(answer) });
  } catch (cause) {
    if (!(cause instanceof RecordingTrouble)) {
      log("warn", "a recording could not be fetched", { callId: found.callId, ...describeError(cause) });
    }
    const isLasting = cause instanceof RecordingTrouble && cause.isLasting;
    const words = cause instanceof RecordingTrouble ? cause.message : "Vapi or its storage did not answer.";
    return problem(isLasting ? 404 : 502, isLasting ? "No recording" : "Recording out of reach", words);
  }
}

function playerHeaders({ headers }: Response): Headers {
  const own = new Headers({
    "accept-ranges": "bytes",
    "cache-control": "private, no-store",
    "content-disposition": "inline",
    "x-content-type-options": "nosniff",
    "content-type": toAudioType(headers.get("content-type")),
  });
  for (const name of ["content-length", "content-range"]) {
    const value = headers.get(name);
    if (value !== null) own.set(name, value);
  }
  return own;
}

/** Of the whole, though only its first byte was asked for. */
function wholeHeaders(answer: Response): Headers {
  const own = playerHeaders(answer);
  const total = /\/(\d+)$/.exec(own.get("content-range") ?? "")?.[1];
  own.delete("content-range");
  if (total !== undefined) own.set("content-length", total);
  return own;
}

/** Storage may call it anything, a page even; it is only ever sound. */
function toAudioType(type: string | null): string {
  const plain = type?.split(";")[0]?.trim().toLowerCase() ?? "";
  return /^audio\/[\w.+-]+$/.test(plain) ? plain : "application/octet-stream";
}
