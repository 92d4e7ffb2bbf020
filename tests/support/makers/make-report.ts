import type { Report } from "@/lib/calls/report";

/** A report that says nothing; what a test is about goes into `differences`. */
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
