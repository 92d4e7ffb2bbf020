import "server-only";
import { createHmac } from "node:crypto";
import type { FoundRecording } from "@/db/queries/recordings";
import { problem } from "@/lib/http/server/http";
import { log } from "@/lib/log";
import { RecordingError } from "@/lib/recordings/server/recording-error";
import { fetchFromVapi } from "@/lib/recordings/server/sources";
import { readCopy } from "@/lib/recordings/server/storage";
import { bytesEqual, deriveKey } from "@/lib/secrets";

interface Piece {
  /** A Range header. */
  range: string | null;
  signal?: AbortSignal | undefined;
}

/**
 * Returns a call's recording, or a range of it, from our own storage or else from Vapi's: 200, 206 or 416.
 *
 * @throws RecordingError
 */
async function openRecording({ callId, report, copy }: FoundRecording, piece: Piece): Promise<Response> {
  const own = copy && (await readCopy(copy, piece).catch((cause) => logFailure(callId, cause, piece)));
  if (own) return own;
  if (report && !report.hasRecording) {
    throw new RecordingError("This call has no recording, or it was deleted.", true);
  }
  return fetchFromVapi(callId, piece);
}

function logFailure(callId: string, cause: unknown, { signal }: Piece): null {
  if (signal?.aborted) throw cause;
  log("warn", "the stored copy of a recording could not be read", { callId, error: cause });
  return null;
}

/**
 * Responds to a GET or HEAD of a recording by streaming it from our storage or Vapi's, with only the headers a player
 * needs. Storage links are not exposed.
 */
export async function answerRecording(found: FoundRecording, request: Request): Promise<Response> {
  const isHead = request.method === "HEAD";
  // Signed links are valid for GET only; a one-byte range has the same information as a HEAD.
  const range = isHead ? "bytes=0-0" : request.headers.get("range");
  try {
    const answer = await openRecording(found, { range, signal: request.signal });
    if (!isHead) return new Response(answer.body, { status: answer.status, headers: playerHeaders(answer) });
    await answer.body?.cancel();
    return new Response(null, { headers: wholeHeaders(answer) });
  } catch (cause) {
    if (!(cause instanceof RecordingError)) {
      log("warn", "a recording could not be fetched", { callId: found.callId, error: cause });
    }
    const isLasting = cause instanceof RecordingError && cause.isLasting;
    const words = cause instanceof RecordingError ? cause.message : "Vapi or its storage did not respond.";
    return problem(isLasting ? 404 : 502, isLasting ? "No recording" : "Recording unavailable", words);
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

/** Headers of the whole recording, computed from a response with only its first byte. */
function wholeHeaders(answer: Response): Headers {
  const own = playerHeaders(answer);
  const total = /\/(\d+)$/.exec(own.get("content-range") ?? "")?.[1];
  own.delete("content-range");
  if (total !== undefined) own.set("content-length", total);
  return own;
}

/** Storage may declare any type, even HTML; only audio types are passed on. */
function toAudioType(type: string | null): string {
  const plain = type?.split(";")[0]?.trim().toLowerCase() ?? "";
  return /^audio\/[\w.+-]+$/.test(plain) ? plain : "application/octet-stream";
}

/** Longer than anyone listens to one call. */
const validMs = 6 * 60 * 60_000;

/** Returns proof that this playback is in the audit log already, so that a player's many requests are not logged again. */
export function makePlayTicket(actorId: string, callId: string, now = Date.now()): string {
  const until = now + validMs;
  return `${until}.${sign(actorId, callId, until).toString("base64url")}`;
}

export function isPlayTicket(
  ticket: string | null,
  actorId: string,
  callId: string,
  now = Date.now(),
): boolean {
  const [until, signature] = ticket?.split(".") ?? [];
  if (until === undefined || signature === undefined || !/^\d{1,15}$/.test(until)) return false;
  if (Number(until) < now) return false;
  return bytesEqual(Buffer.from(signature, "base64url"), sign(actorId, callId, Number(until)));
}

function sign(actorId: string, callId: string, until: number): Buffer {
  return createHmac("sha256", deriveKey("plays of recordings"))
    .update(JSON.stringify([actorId, callId, until]))
    .digest();
}
