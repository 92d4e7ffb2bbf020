import type { ReportMessage } from "@/lib/reports/report-message";

export interface RecordingLinks {
  stereo: string | null;
  mono: string | null;
}

type Kind = "stored" | "signed";

/**
 * Where a call's recording lies, by its report or by `GET /call/{id}`. Since July 2026 both carry signed links too, which
 * open without a key and expire; the plain ones stay the recording's name.
 *
 * @param kind which to prefer; the other stands in
 */
export function readRecordingLinks(message: ReportMessage, kind: Kind = "stored"): RecordingLinks {
  const { artifact } = message;
  const stored = {
    stereo: artifact?.recording?.stereoUrl || artifact?.stereoRecordingUrl || message.stereoRecordingUrl,
    mono: artifact?.recording?.mono?.combinedUrl || artifact?.recordingUrl || message.recordingUrl,
  };
  const signed = { stereo: artifact?.presignedStereoUrl, mono: artifact?.presignedMonoUrl };
  const [first, second] = kind === "stored" ? [stored, signed] : [signed, stored];
  return { stereo: first.stereo || second.stereo || null, mono: first.mono || second.mono || null };
}
