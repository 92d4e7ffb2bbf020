"use client";

import { Maximize2, X } from "lucide-react";
import { OpenCallAlerts } from "@/components/alerts/open-call-alerts";
import { AssistantName } from "@/components/calls/assistant-name";
import { CallUnavailable } from "@/components/calls/call-unavailable";
import { CallerNumber } from "@/components/calls/caller-number";
import { LiveDuration, LiveState } from "@/components/calls/live-state";
import { useCallDetail } from "@/components/calls/use-call-detail";
import { useCallView } from "@/components/calls/use-call-view";
import { ActingNow } from "@/components/control/acting-now";
import { CallBar, CallControls } from "@/components/control/call-controls";
import { LiveTimeline } from "@/components/timeline/timeline";
import { Transcript } from "@/components/transcript/transcript";
import { IconButton, IconLink } from "@/components/ui/button";
import { CutText } from "@/components/ui/cut-text";
import { callerLabel, callTitle } from "@/lib/calls/call";
import type { CallDetail } from "@/lib/calls/detail";

/** One call in the side panel, without leaving the board. */
export function CallSidePanel({ callId, onClose }: { callId: string; onClose: () => void }) {
  const { data: detail, error } = useCallDetail(callId);
  return (
    <aside
      aria-label="Call details"
      className="flex min-h-0 flex-col border-line border-l bg-surface max-xl:fixed max-xl:inset-y-0 max-xl:right-0 max-xl:z-30 max-xl:w-[min(30rem,100vw)] max-xl:shadow-2xl motion-safe:animate-slide-in"
    >
      <header className="flex items-center gap-2 border-line border-b py-2 pr-2 pl-3">
        <div className="grid min-w-0 grow grid-cols-[minmax(0,1fr)]">
          <h2 className="font-semibold">
            <CutText>{detail ? callTitle(detail.call) : "Call"}</CutText>
          </h2>
          {detail && <CallerNumber call={detail.call} canDial />}
        </div>
        <IconLink label="Open call page" href={`/calls/${callId}`}>
          <Maximize2 aria-hidden />
        </IconLink>
        <IconButton label="Close" shortcut="Esc" onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </header>
      {detail ? <SidePanelContent key={callId} detail={detail} /> : <CallUnavailable error={error} />}
    </aside>
  );
}

function SidePanelContent({ detail }: { detail: CallDetail }) {
  const view = useCallView(detail);
  return (
    <>
      <OpenCallAlerts alerts={detail.alerts} />
      {view.isLive && <ActingNow actions={detail.operatorActions} />}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2 border-line border-b px-3 py-2">
        <div className="flex items-center gap-3">
          <LiveState call={detail.call} />
          <span className="ml-auto truncate text-muted">
            <AssistantName call={detail.call} />
          </span>
          <LiveDuration call={detail.call} />
        </div>
        <CallControls detail={detail} isNarrow />
        <LiveTimeline detail={detail} chosenAt={view.chosenAt} onChoose={view.show} />
      </div>
      <div className="min-h-0 grow bg-bg">
        <Transcript view={view} caller={callerLabel(detail.call)} />
      </div>
      <CallBar detail={detail} />
    </>
  );
}
