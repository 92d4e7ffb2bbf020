import type { Report } from "@/lib/calls/report";

/** Makes an empty report; `differences` holds what a test is about. */
export function makeReport(differences: Partial<Report> = {}): Report {
  return {
    at: "2026-08-01T10:02:00.000Z",
    summary: null,
    successEvaluation: null,
    structuredData: null,
    structuredOutputs: [],
    scorecards: [],
    costBreakdown: {},
    costs: [],
    latency: null,
    transfers: [],
    consent: null,
    ...differences,
  };
}
