import "server-only";
import { env } from "@/lib/env";
import { RecordingTrouble } from "@/lib/recordings/recording-trouble";
import { readRecordingLinks } from "@/lib/reports/read-recording-links";
import { reportMessageSchema } from "@/lib/reports/report-message";
import { canAskVapi, getVapiCall } from "@/lib/vapi/get-vapi-call";

/** Where a recording may be had. `isOurs`: at Vapi's API, which wants the key. */
export interface RecordingSource {
  url: string;
  isOurs: boolean;
}

/**
 * Fresh links to a call's recording from `GET /call/{id}`, the best first: stereo before mono, signed before plain (which
 * since July 2026 opens only for some), and last Vapi's own redirect, `GET /call/{id}/stereo-recording`.
 *
 * @throws RecordingTrouble, or what asking Vapi throws
 */
export async function listSources(callId: string): Promise<RecordingSource[]> {
  if (!canAskVapi) {
    throw new RecordingTrouble(
      "The recording lies with Vapi. Set VAPI_API_KEY, so that it can be fetched.",
      true,
    );
  }
  const call = await getVapiCall(callId);
  if (!call) throw new RecordingTrouble("Vapi knows this call no more: it keeps calls for 14 days.", true);
  const message = reportMessageSchema.parse(call);
  const [signed, stored] = [readRecordingLinks(message, "signed"), readRecordingLinks(message)];
  const sources = (["stereo", "mono"] as const).flatMap((kind) => {
    const links = [...new Set([signed[kind], stored[kind]])].filter((url) => url !== null);
    if (links.length === 0) return [];
    const redirect = {
      url: `${apiUrl()}/call/${encodeURIComponent(callId)}/${kind}-recording`,
      isOurs: true,
    };
    return [...links.map((url) => ({ url, isOurs: false })), redirect];
  });
  if (sources.length === 0) throw new RecordingTrouble("Vapi has no recording of this call.", true);
  return sources;
}

function apiUrl(): string {
  return (env.VAPI_BASE_URL ?? "https://api.vapi.ai").replace(/\/$/, "");
}
