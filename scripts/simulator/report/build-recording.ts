import type { Random } from "@/scripts/simulator/random";
import { uuidV4 } from "@/scripts/simulator/uuid-v4";

/** Where the recordings lie: the modern `recording` object and the two older URLs, which are still sent beside it. */
export function buildRecording(random: Random, callId: string, orgId: string, uploadedAtMs: number) {
  const at = Math.round(uploadedAtMs);
  const file = (suffix: string) => `https://storage.vapi.ai/${callId}-${at}-${uuidV4(random)}-${suffix}`;
  const [combinedUrl, stereoUrl] = [file("mono.mp3"), file("stereo.mp3")];
  return {
    recordingUrl: combinedUrl,
    stereoRecordingUrl: stereoUrl,
    pcapUrl: file("sip.pcap"),
    logUrl: `https://calllogs.vapi.ai/${orgId}/${callId}-${uuidV4(random)}-${at}.jsonl.gz`,
    recording: {
      stereoUrl,
      mono: { combinedUrl, assistantUrl: file("mono.mp3"), customerUrl: file("mono.mp3") },
    },
  };
}
