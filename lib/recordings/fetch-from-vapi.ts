import "server-only";
import { env } from "@/lib/env";
import { guardedFetch } from "@/lib/http/server/guarded-fetch";
import { OutgoingRefused } from "@/lib/http/server/outgoing-rules";
import { listSources, type RecordingSource } from "@/lib/recordings/list-sources";
import { RecordingTrouble } from "@/lib/recordings/recording-trouble";

/** Links are signed for an hour or so; a player asks for many pieces within minutes. */
const freshMs = 5 * 60_000;
const mostRemembered = 500;
/** An hour of uncompressed stereo is 230 MB. */
const maxBytes = 2 * 1024 ** 3;
const timeoutMs = 240_000;
const goodStatuses: ReadonlySet<number> = new Set([200, 206, 416]);

/** What last worked, to be asked again without asking Vapi first. Only a saving: anything may be forgotten. */
const remembered = new Map<string, { source: RecordingSource; until: number }>();

interface Piece {
  /** A Range header. */
  range: string | null;
  signal?: AbortSignal | undefined;
}

/**
 * A call's recording, or a piece of it, from wherever Vapi says it lies: 200, 206 or 416.
 *
 * @throws RecordingTrouble
 */
export async function fetchFromVapi(callId: string, piece: Piece): Promise<Response> {
  const known = remembered.get(callId);
  if (known && known.until > Date.now()) {
    const answer = await tryFetch(known.source, piece);
    if (answer instanceof Response) return answer;
    remembered.delete(callId);
  }
  let trouble: RecordingTrouble | null = null;
  for (const source of await listSources(callId)) {
    const answer = await tryFetch(source, piece);
    if (answer instanceof Response) {
      remember(callId, source);
      return answer;
    }
    trouble = answer;
  }
  throw trouble ?? new RecordingTrouble("Vapi has no recording of this call.", true);
}

async function tryFetch(
  { url, isOurs }: RecordingSource,
  { range, signal }: Piece,
): Promise<Response | RecordingTrouble> {
  try {
    const answer = await guardedFetch(url, {
      headers: {
        ...(range !== null && { range }),
        ...(isOurs && { authorization: `Bearer ${env.VAPI_API_KEY}` }),
      },
      hosts: ["*.vapi.ai", ...env.RECORDING_HOSTS],
      signal,
      maxBytes,
      timeoutMs,
    });
    if (goodStatuses.has(answer.status)) return answer;
    await answer.body?.cancel();
    return new RecordingTrouble("Vapi's storage does not give the recording out.", false);
  } catch (cause) {
    if (signal?.aborted) throw cause;
    if (cause instanceof OutgoingRefused && cause.because === "host")
      return new RecordingTrouble(
        "The recording lies at a host that is not trusted. Add it to RECORDING_HOSTS.",
        true,
      );
    return new RecordingTrouble("The host of the recording did not answer.", false);
  }
}

function remember(callId: string, source: RecordingSource): void {
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(callId, { source, until: Date.now() + freshMs });
}
