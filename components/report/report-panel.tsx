import { AfterPanel } from "@/components/report/after-panel";
import { CostSplit } from "@/components/report/cost-split";
import { DataPanel } from "@/components/report/data-panel";
import { HangsPanel } from "@/components/report/hangs-panel";
import { LatencyPanel } from "@/components/report/latency-panel";
import { OutcomePanel } from "@/components/report/outcome-panel";
import { OutputsPanel } from "@/components/report/outputs-panel";
import { ScorecardsPanel } from "@/components/report/scorecards-panel";
import { SummaryPanel } from "@/components/report/summary-panel";
import { UploadsPanel } from "@/components/report/uploads-panel";
import type { CallDetail } from "@/lib/calls/detail";

interface ReportPanelProps {
  /** Its report is null when none has come: then what was witnessed must do. */
  detail: CallDetail;
  /** Epoch ms. */
  onChoose: (at: number) => void;
}

/** What is left of a call when it is over. What a report does not say takes no room. */
export function ReportPanel({ detail, onChoose }: ReportPanelProps) {
  const { call, report } = detail;
  return (
    <>
      <OutcomePanel call={call} report={report} />
      {report && <SummaryPanel report={report} />}
      <HangsPanel detail={detail} onChoose={onChoose} />
      {report && report.structuredData !== null && report.structuredData !== undefined && (
        <DataPanel title="Structured data" value={report.structuredData} />
      )}
      {detail.contextAtEnd && (
        <DataPanel
          title={`Context when the call ended (version ${detail.contextAtEnd.version})`}
          value={detail.contextAtEnd.context}
        />
      )}
      {report && (
        <>
          <OutputsPanel outputs={report.structuredOutputs} />
          <ScorecardsPanel scorecards={report.scorecards} />
          <CostSplit report={report} totalUsd={call.costUsd} />
          {report.latency && <LatencyPanel latency={report.latency} />}
          <AfterPanel report={report} />
        </>
      )}
      <UploadsPanel marks={detail.marks} />
    </>
  );
}
