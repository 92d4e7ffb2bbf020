import type { Recording } from "@/lib/calls/recording";

interface Known {
  isOver: boolean;
  /** Whether anything tells that it was answered. */
  hasStarted: boolean;
  endedReason: string | null;
  /** Null: no report has come. */
  report: { hasRecording: boolean } | null;
  copy: { state: "waiting" | "kept" | "failed" | "doomed"; error: string | null } | null;
  /** Whether there is a key to ask Vapi with. */
  canAskVapi: boolean;
}

/** Whether a call can be heard, and if not, why, in a sentence that says what to do. */
export function describeRecording({ copy, ...known }: Known): Recording {
  const own = {
    copy: copy === null || copy.state === "doomed" ? null : copy.state,
    copyError: copy?.error ?? null,
  };
  const why = own.copy === "kept" ? null : findReason(known);
  return { state: why === null ? "playable" : "none", why, ...own };
}

/** Of Vapi's end reasons, those of calls that nobody took. */
const neverAnswered =
  /^(?:customer-(?:busy|did-not-answer)|vonage-rejected|scheduled-call-deleted)$|misdialed$|-to-connect$/;

function findReason({
  isOver,
  hasStarted,
  endedReason,
  report,
  canAskVapi,
}: Omit<Known, "copy">): string | null {
  if (!isOver) return "There is a recording once the call is over and its report has come.";
  if (report && !report.hasRecording)
    return "There is no recording: this call was not recorded (artifactPlan.recordingEnabled of its assistant), or the recording has been deleted.";
  if (!report && !hasStarted && endedReason && neverAnswered.test(endedReason))
    return "There is no recording: the call was never answered.";
  if (!report && endedReason === "lost-contact")
    return "No report has come, and the call is only presumed over. There may be a recording once Vapi reports it.";
  if (canAskVapi) return null;
  return report
    ? "The recording lies with Vapi, and links to it expire. Set VAPI_API_KEY: Earshot then fetches a fresh one for each play."
    : "No report has come, so nobody has said where the recording lies. Set VAPI_API_KEY, and Vapi can be asked.";
}
