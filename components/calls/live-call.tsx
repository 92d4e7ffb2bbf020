"use client";

import { CallHead } from "@/components/calls/call-head";
import { CallShare } from "@/components/calls/call-share";
import { CallSide } from "@/components/calls/call-side";
import { CallUnavailable } from "@/components/calls/call-unavailable";
import { useCallDetail } from "@/components/calls/use-call-detail";
import { useCallView } from "@/components/calls/use-call-view";
import { RecordingBar } from "@/components/player/recording-bar";
import { LiveTimeline } from "@/components/timeline/live-timeline";
import { Transcript } from "@/components/transcript/transcript";
import type { CallDetail } from "@/lib/calls/detail";

/**
 * One call: live, and when it has ended its report, on the same page.
 * `startAt`: seconds from its start to show first; null for none.
 */
export function LiveCall({ callId, startAt }: { callId: string; startAt: number | null }) {
  const { data: detail, error } = useCallDetail(callId);
  return detail ? <WholeCall detail={detail} startAt={startAt} /> : <CallUnavailable error={error} />;
}

function WholeCall({ detail, startAt }: { detail: CallDetail; startAt: number | null }) {
  const view = useCallView(detail, startAt);
  const { items, isLive, from, chosenAt, chosenId, choose, show } = view;
  const chosenMs = chosenAt === null ? null : chosenAt - from;
  return (
    <div className="grid min-h-full grid-cols-[minmax(0,1fr)] lg:h-full lg:grid-rows-[auto_minmax(0,1fr)]">
      <div className="border-line border-b bg-surface">
        <div className="flex items-start justify-between gap-2">
          <div className="min-w-0 grow">
            <CallHead call={detail.call} />
          </div>
          <div className="shrink-0 pt-4 pr-3 sm:pr-4">
            <CallShare callId={detail.call.id} chosenMs={chosenMs} />
          </div>
        </div>
        <div className="grid gap-2 px-3 pt-2 pb-2 sm:px-4">
          <LiveTimeline detail={detail} chosenAt={chosenAt} onChoose={show} />
          {!isLive && (
            <RecordingBar
              detail={detail}
              startAt={Math.max(0, chosenMs ?? 0) / 1_000}
              handle={view.player}
              onMove={view.follow}
            />
          )}
        </div>
      </div>
      <div className="grid min-h-0 grid-cols-[minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="h-[52dvh] min-h-0 lg:h-auto">
          <Transcript items={items} from={from} isLive={isLive} chosenId={chosenId} onChoose={choose} />
        </div>
        <CallSide detail={detail} onChoose={show} />
      </div>
    </div>
  );
}
