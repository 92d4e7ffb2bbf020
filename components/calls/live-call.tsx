"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { CallHead } from "@/components/calls/call-head";
import { CallShare } from "@/components/calls/call-share";
import { CallSide } from "@/components/calls/call-side";
import { CallUnavailable } from "@/components/calls/call-unavailable";
import { useCallDetail } from "@/components/calls/use-call-detail";
import { useCallView } from "@/components/calls/use-call-view";
import { ActingNow } from "@/components/control/acting-now";
import { CallBar, CallControls } from "@/components/control/call-controls";
import { Composer } from "@/components/control/composer";
import { RecordingBar } from "@/components/player/recording-bar";
import { LiveTimeline } from "@/components/timeline/timeline";
import type { Waveform } from "@/components/timeline/waveform";
import { Transcript } from "@/components/transcript/transcript";
import { loadCode, withSuspense } from "@/components/ui/load-later";
import { isOngoing } from "@/lib/alerts/alert";
import { callerLabel } from "@/lib/calls/call";
import type { CallDetail } from "@/lib/calls/detail";

// Loaded only if there is an alert: its menus and dialogs are large.
const OpenCallAlerts = withSuspense(
  dynamic(() =>
    loadCode(() => import("@/components/alerts/open-call-alerts")).then((module) => module.OpenCallAlerts),
  ),
);

/**
 * One call on one page: live, then with its report once it has ended.
 * `startAt`: seconds from the call's start to show first; null for none.
 */
export function LiveCall({ callId, startAt }: { callId: string; startAt: number | null }) {
  const { data: detail, error } = useCallDetail(callId);
  return detail ? <WholeCall detail={detail} startAt={startAt} /> : <CallUnavailable error={error} />;
}

function WholeCall({ detail, startAt }: { detail: CallDetail; startAt: number | null }) {
  const view = useCallView(detail, startAt);
  const [waveform, setWaveform] = useState<Waveform | null>(null);
  const { isLive, from, chosenAt, show } = view;
  const chosenMs = chosenAt === null ? null : chosenAt - from;
  return (
    <div className="flex min-h-full flex-col lg:h-full">
      <div className="border-line border-b bg-surface">
        <CallHead call={detail.call}>
          <CallControls detail={detail} hasKeys />
          <CallShare callId={detail.call.id} chosenMs={chosenMs} />
        </CallHead>
        {isLive && <ActingNow actions={detail.operatorActions} />}
      </div>
      {detail.alerts.some(isOngoing) && <OpenCallAlerts alerts={detail.alerts} />}
      <div className="border-line border-b bg-surface px-3 py-1.5 sm:px-4">
        <LiveTimeline detail={detail} chosenAt={chosenAt} onChoose={show} waveform={waveform}>
          {!isLive && (
            <RecordingBar
              detail={detail}
              startAt={Math.max(0, chosenMs ?? 0) / 1_000}
              handle={view.player}
              onMove={view.follow}
              onDrawn={setWaveform}
            />
          )}
        </LiveTimeline>
      </div>
      <div className="grid min-h-0 grow grid-cols-[minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-h-0 lg:flex lg:flex-col">
          <div className="h-[52dvh] min-h-0 lg:h-auto lg:grow">
            <Transcript view={view} caller={callerLabel(detail.call)} />
          </div>
          <Composer call={detail.call} />
        </div>
        <CallSide detail={detail} onChoose={show} />
      </div>
      <CallBar detail={detail} />
    </div>
  );
}
