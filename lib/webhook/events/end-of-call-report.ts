import "server-only";
import { projectReport } from "@/lib/reports/server/project-report";
import { reportMessageSchema } from "@/lib/reports/server/report-parts";
import { defineEvent } from "@/lib/webhook/server/define-event";

/** The last word on a call. Kept in a table of its own, so the log leaves out what is there. */
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
