import { CallAlertsPanel } from "@/components/alerts/call-alerts-panel";
import { ContextPanel } from "@/components/calls/context-panel";
import { IdsPanel } from "@/components/calls/ids-panel";
import { TalkPanel } from "@/components/calls/talk-panel";
import { ToolsPanel } from "@/components/calls/tools-panel";
import { ReportPanel } from "@/components/report/report-panel";
import { ReviewPanel } from "@/components/reports/review-panel";
import { whenEnded } from "@/lib/calls/call";
import type { CallDetail } from "@/lib/calls/detail";

interface CallSideProps {
  detail: CallDetail;
  /** Epoch ms: brings a moment of the call into view. */
  onChoose: (at: number) => void;
}

/** All there is to know about a call beside what was said; once it is over, its report first. */
export function CallSide({ detail, onChoose }: CallSideProps) {
  const { alerts, call, toolCalls } = detail;
  return (
    <aside
      aria-label="About this call"
      className="min-h-0 border-line bg-surface max-lg:border-t lg:overflow-y-auto lg:border-l"
    >
      {whenEnded(call) !== null && <ReportPanel detail={detail} onChoose={onChoose} />}
      {whenEnded(call) !== null && <ReviewPanel callId={call.id} />}
      <CallAlertsPanel alerts={alerts} />
      <TalkPanel detail={detail} />
      <ToolsPanel toolCalls={toolCalls} />
      <ContextPanel detail={detail} />
      <IdsPanel call={call} />
    </aside>
  );
}
