import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { ContextAtEnd } from "@/components/calls/context-tab";
import { ReportPerformance } from "@/components/calls/performance-tab";
import { ReportSummary } from "@/components/report/report-panel";
import { UploadsPanel } from "@/components/report/uploads-panel";
import type { Report } from "@/lib/calls/report";
import { samples } from "@/tests/fixtures/samples/samples";
import { readReport } from "@/tests/support/database/read-report";
import { makeCall } from "@/tests/support/makers/make-call";
import { makeDetail } from "@/tests/support/makers/make-detail";
import { makeReport } from "@/tests/support/makers/make-report";

const folder = join(process.cwd(), "../shared/vapi/recorded");
const recorded = existsSync(folder)
  ? readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /end-of-call-report.*\.json$/.test(name) && !name.includes("headers"))
      .map((name) => ({ name, body: JSON.parse(readFileSync(join(folder, name), "utf8")) }))
  : [];

const isReport = ({ body }: { body: { message?: { type?: unknown } } }) =>
  body.message?.type === "end-of-call-report";

function render(report: Report | null, endedReason: string | null = "customer-ended-call"): string {
  const call = makeCall({ status: "ended", endedAt: "2026-08-01T10:02:00.000Z", endedReason });
  const detail = makeDetail({ call, report });
  return renderToStaticMarkup(
    <>
      <ReportSummary detail={detail} />
      <ReportPerformance detail={detail} onChoose={() => {}} />
    </>,
  );
}

/** The visible text, with a single space between words. */
const wordsOf = (markup: string) => markup.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");

const raw = /\bundefined\b|\bNaN\b|\[object \w+\]|\bnull\b|Infinity|Invalid Date/;

describe("reports: every recorded report", () => {
  test.each([...samples.filter(isReport), ...recorded])("renders completely: $name", ({ body }) => {
    const markup = render(readReport(body.message).report, body.message.endedReason ?? null);
    expect(wordsOf(markup)).not.toMatch(raw);
    expect(markup).not.toMatch(/<(h2|h3|dd|td|p|li|dl|ul|ol)[^>]*><\/\1>/);
    expect(wordsOf(markup)).toContain("End reason");
  });
});

test("reports: a report without an analysis says so", () => {
  expect(wordsOf(render(makeReport()))).toContain("No analysis. Vapi analyses calls");
});

test("reports: a call without a report is marked as rebuilt from live events or as waiting for its report", () => {
  const words = wordsOf(render(null));
  expect(words).toMatch(/Rebuilt from live events|The report is on its way/);
  expect(words).not.toContain("Summary");
});

test("reports: the end reason shows who was at fault", () => {
  expect(wordsOf(render(null, "assistant-ended-call"))).toContain("Ended well");
  expect(wordsOf(render(null, "pipeline-error-openai-401-unauthorized"))).toContain("Our fault");
  expect(wordsOf(render(null, null))).toContain("No reason given.");
});

test("reports: every part of a full report is shown", () => {
  const words = wordsOf(
    render(
      makeReport({
        summary: "Moved to Thursday.",
        successEvaluation: '{"politeness":4}',
        structuredData: {
          appointmentDate: "Thursday",
          isNew: true,
          allergies: ["nuts"],
          none: null,
          deep: [[{ a: 1 }]],
        },
        structuredOutputs: [{ id: "1", name: "Intake", result: false, skipped: null }],
        scorecards: [{ id: "1", name: "QA", score: 70, percent: 70, points: [{ of: "Goal", points: 70 }] }],
        costBreakdown: { stt: 0.1, transport: 0.02, total: 1 },
        transfers: [{ destination: "+15550100103", mode: "blind-transfer", status: null }],
        consent: { kind: "stay-on-line", grantedAt: null },
      }),
    ),
  );
  for (const said of [
    "Moved to Thursday.",
    "Politeness",
    "Appointment date",
    "Yes",
    "nuts",
    "Intake",
    "70 of 100",
    "Speech to text",
    "$0.10",
    "Line",
    "+1 555 010 0103",
    "Blind transfer",
    "Stay on line",
  ]) {
    expect(words).toContain(said);
  }
});

test("reports: files in your own storage are listed, including failed uploads", () => {
  const upload = { role: null, turn: null, at: "2026-08-01T10:03:00.000Z" };
  const marks = [
    { ...upload, id: "1", kind: "stored" as const, detail: "recording-stereo" },
    { ...upload, id: "2", kind: "not-stored" as const, detail: "log" },
  ];
  const words = wordsOf(renderToStaticMarkup(<UploadsPanel marks={marks} />));
  expect(words).toMatch(/Files in your storage.* stored .* not stored/);
});

test("reports: the context at the end of the call is shown with its version", () => {
  const contextAtEnd = { version: 3, context: { orderNumber: "A-17" } };
  const words = wordsOf(renderToStaticMarkup(<ContextAtEnd left={contextAtEnd} />));
  expect(words).toMatch(/Context when the call ended \(version 3\).*Order number.*A-17/);
});
