import "server-only";
import { env } from "@/lib/env";
import { guardedFetch } from "@/lib/http/server/guarded-fetch";
import { OutgoingRefused } from "@/lib/http/server/outgoing-rules";
import { RecordingError } from "@/lib/recordings/server/recording-error";
import { readRecordingLinks, reportMessageSchema } from "@/lib/reports/server/report-parts";
import { canAskVapi, getVapiCall, vapiUrl } from "@/lib/vapi/server/client";
import { readVapiKey } from "@/lib/vapi/server/key";

/** Where a recording can be fetched. `isOurs`: on Vapi's API, which requires our key. */
interface RecordingSource {
  url: string;
  isOurs: boolean;
}

/**
 * Returns fresh links to a call's recording from `GET /call/{id}`, the best first: stereo before mono, each signed,
 * then plain (since July 2026 not accessible for everyone), then through Vapi's redirect, `GET
 * /call/{id}/stereo-recording`.
 *
 * @throws RecordingError, or errors of the request to Vapi
 */
async function listSources(callId: string, signal?: AbortSignal): Promise<RecordingSource[]> {
  if (!(await canAskVapi())) {
    throw new RecordingError(
      "Vapi holds the recording. Save Vapi's API key under Settings → Assistants so that Earshot can fetch it.",
      true,
    );
  }
  const call = await getVapiCall(callId, signal);
  if (!call) throw new RecordingError("Vapi no longer has this call: it keeps calls for 14 days.", true);
  const message = reportMessageSchema.parse(call);
  const [signed, stored] = [readRecordingLinks(message, "signed"), readRecordingLinks(message)];
  const sources = (["stereo", "mono"] as const).flatMap((kind) => {
    const links = [...new Set([signed[kind], stored[kind]])].filter((url) => url !== null);
    if (links.length === 0) return [];
    const redirect = {
      url: `${vapiUrl()}/call/${encodeURIComponent(callId)}/${kind}-recording`,
      isOurs: true,
    };
    return [...links.map((url) => ({ url, isOurs: false })), redirect];
  });
  if (sources.length === 0) throw new RecordingError("Vapi has no recording of this call.", true);
  return sources;
}

/** Signed links last about an hour; a player requests many ranges within minutes. */
const freshMs = 5 * 60_000;
const mostRemembered = 500;
/** An hour of uncompressed stereo is 230 MB. */
const maxBytes = 2 * 1024 ** 3;
const timeoutMs = 240_000;
const goodStatuses: ReadonlySet<number> = new Set([200, 206, 416]);

/** The source that last worked for a call, to save a request to Vapi. Entries may be dropped at any time. */
const remembered = new Map<string, { source: RecordingSource; until: number }>();

interface Piece {
  /** A Range header. */
  range: string | null;
  signal?: AbortSignal | undefined;
}

/**
 * Fetches a call's recording, or a range of it, from the first of Vapi's sources that works: 200, 206 or 416.
 *
 * @throws RecordingError
 */
export async function fetchFromVapi(callId: string, piece: Piece): Promise<Response> {
  const known = remembered.get(callId);
  if (known && known.until > Date.now()) {
    const answer = await tryFetch(known.source, piece);
    if (answer instanceof Response) return answer;
    remembered.delete(callId);
  }
  let lastError: RecordingError | null = null;
  for (const source of await listSources(callId, piece.signal)) {
    const answer = await tryFetch(source, piece);
    if (answer instanceof Response) {
      remember(callId, source);
      return answer;
    }
    lastError = answer;
  }
  throw lastError ?? new RecordingError("Vapi has no recording of this call.", true);
}

async function tryFetch(
  { url, isOurs }: RecordingSource,
  { range, signal }: Piece,
): Promise<Response | RecordingError> {
  try {
    const key = isOurs ? await readVapiKey() : null;
    const answer = await guardedFetch(url, {
      headers: {
        ...(range !== null && { range }),
        ...(key !== null && { authorization: `Bearer ${key}` }),
      },
      hosts: ["*.vapi.ai", ...env.RECORDING_HOSTS],
      signal,
      maxBytes,
      timeoutMs,
    });
    if (goodStatuses.has(answer.status)) return answer;
    await answer.body?.cancel();
    return new RecordingError("Vapi's storage denied access to the recording.", false);
  } catch (cause) {
    if (signal?.aborted) throw cause;
    if (cause instanceof OutgoingRefused && cause.because === "host")
      return new RecordingError(
        "The recording is on a host that is not trusted. Add the host to RECORDING_HOSTS.",
        true,
      );
    return new RecordingError("The recording's host did not respond.", false);
  }
}

function remember(callId: string, source: RecordingSource): void {
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(callId, { source, until: Date.now() + freshMs });
}
