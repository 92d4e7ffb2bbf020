"use client";

import { CallHead } from "@/components/calls/call-head";
import { CallSide } from "@/components/calls/call-side";
import { CallUnavailable } from "@/components/calls/call-unavailable";
import { useCallDetail } from "@/components/calls/use-call-detail";
import { useCallView } from "@/components/calls/use-call-view";
import { LiveTimeline } from "@/components/timeline/live-timeline";
import { Transcript } from "@/components/transcript/transcript";
import type { CallDetail } from "@/lib/calls/call-detail";

/** One call: live, and when it has ended its report, on the same page. */
export function LiveCall({ callId }: { callId: string }) {
  const { data: detail, error } = useCallDetail(callId);
  return detail ? <WholeCall detail={detail} /> : <CallUnavailable error={error} />;
}

function WholeCall({ detail }: { detail: CallDetail }) {
  const { items, isLive, from, chosenAt, chosenId, choose, show } = useCallView(detail);
  return (
    <div className="grid min-h-full grid-cols-[minmax(0,1fr)] lg:h-full lg:grid-rows-[auto_minmax(0,1fr)]">
      <div className="border-line border-b bg-surface">
        <CallHead call={detail.call} />
        <div className="px-3 pt-2 pb-2 sm:px-4">
          <LiveTimeline detail={detail} chosenAt={chosenAt} onChoose={show} />
        </div>
      </div>
      <div className="grid min-h-0 grid-cols-[minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="h-[70dvh] min-h-0 lg:h-auto">
          <Transcript items={items} from={from} isLive={isLive} chosenId={chosenId} onChoose={choose} />
        </div>
        <CallSide detail={detail} onChoose={show} />
      </div>
    </div>
  );
}
