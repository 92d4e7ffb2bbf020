import { CircleCheck, CircleX, type LucideIcon, PhoneMissed, TriangleAlert } from "lucide-react";
import { CostSplit } from "@/components/report/cost-split";
import { Figures } from "@/components/ui/figures";
import { Json } from "@/components/ui/json";
import { Panel } from "@/components/ui/panel";
import type { Call } from "@/lib/calls/call";
import { describeEndedReason } from "@/lib/calls/describe-ended-reason";
import type { EndedGroup } from "@/lib/calls/ended-group";
import type { Report } from "@/lib/calls/report";

const groups: Readonly<Record<EndedGroup, { Icon: LucideIcon; words: string; tone: string }>> = {
  "ended-well": { Icon: CircleCheck, words: "Ended well", tone: "text-assistant" },
  "caller-gave-up": { Icon: PhoneMissed, words: "Caller gave up", tone: "text-waiting" },
  "our-fault": { Icon: TriangleAlert, words: "Our fault", tone: "text-hang" },
  "provider-fault": { Icon: CircleX, words: "Provider's fault", tone: "text-hang" },
};

interface ReportPanelProps {
  call: Call;
  /** Null when none has come: then what was witnessed must do. */
  report: Report | null;
}

/** What is left of a call when it is over. */
export function ReportPanel({ call, report }: ReportPanelProps) {
  const reason = call.endedReason ? describeEndedReason(call.endedReason) : null;
  const group = reason && groups[reason.group];
  return (
    <>
      <Panel title="How it ended">
        {reason && group ? (
          <p className="flex items-start gap-2">
            <group.Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${group.tone}`} />
            <span>
              {reason.words}
              <span className={`block text-xs ${group.tone}`}>{group.words}</span>
            </span>
          </p>
        ) : (
          <p className="text-muted">Nobody has said why.</p>
        )}
        {!report && (
          <p className="pt-2 text-muted text-xs">
            No report has come from Vapi. This page shows what was witnessed live.
          </p>
        )}
      </Panel>
      {report && (report.summary || report.successEvaluation) && (
        <Panel title="Summary">
          {report.summary && <p className="whitespace-pre-wrap break-words pb-2">{report.summary}</p>}
          <Figures rows={[["Success", report.successEvaluation && spellOut(report.successEvaluation)]]} />
        </Panel>
      )}
      {report?.structuredData && (
        <Panel title="Structured data">
          <Json label="Structured data" value={report.structuredData} />
        </Panel>
      )}
      {report && <CostSplit breakdown={report.costBreakdown} totalUsd={call.costUsd} />}
    </>
  );
}

/** The pass-or-fail rubric answers "true" or "false"; any other speaks for itself. */
function spellOut(evaluation: string): string {
  return { true: "Yes", false: "No" }[evaluation] ?? evaluation;
}
