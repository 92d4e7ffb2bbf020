import "server-only";
import { projectReport } from "@/lib/reports/server/project-report";
import { reportMessageSchema } from "@/lib/reports/server/report-parts";
import { defineEvent } from "@/lib/webhook/server/define-event";

/** The last message of a call. Stored in a table of its own, so the event log leaves those parts out. */
export const endOfCallReport = defineEvent({
  types: ["end-of-call-report"],
  schema: reportMessageSchema,
  leaveOut: [
    "transcript",
    "summary",
    "analysis",
    "costs",
    "costBreakdown",
    "compliance",
    "recordingUrl",
    "stereoRecordingUrl",
  ],
  project: (message, { at }) => projectReport(message, at),
});
