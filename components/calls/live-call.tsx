"use client";

import { useState } from "react";
import { CallHead } from "@/components/calls/call-head";
import { ContextPanel } from "@/components/calls/context-panel";
import { IdsPanel } from "@/components/calls/ids-panel";
import { TalkPanel } from "@/components/calls/talk-panel";
import { ToolsPanel } from "@/components/calls/tools-panel";
import { useCallDetail } from "@/components/calls/use-call-detail";
import { ReportPanel } from "@/components/report/report-panel";
import { LiveTimeline } from "@/components/timeline/live-timeline";
import { Transcript } from "@/components/transcript/transcript";
import { Skeleton } from "@/components/ui/skeleton";
import { callSpan } from "@/lib/calls/call-span";
import { toMoments } from "@/lib/calls/to-moments";
import { toTranscript } from "@/lib/calls/to-transcript";
import { whenEnded } from "@/lib/calls/when-ended";

/** One call: live, and when it has ended its report, on the same page. */
export function LiveCall({ callId }: { callId: string }) {
  const { data: detail } = useCallDetail(callId);
  const [chosenAt, setChosenAt] = useState<number | null>(null);
  if (!detail) return <Skeleton className="m-4 h-40" />;

  const { call, conversation, lines, partials, marks, toolCalls, report } = detail;
  const isOver = whenEnded(call) !== null;
  const { from } = callSpan(call, Date.parse(call.lastEventAt));
  const items = toTranscript(lines, partials, toMoments(toolCalls, marks));
  const chosen =
    chosenAt === null ? null : (items.findLast((item) => Date.parse(item.at) <= chosenAt) ?? items[0]);

  function choose(at: number) {
    setChosenAt(at);
    const item = items.findLast((each) => Date.parse(each.at) <= at) ?? items[0];
    if (item)
      document.getElementById(`item-${item.id}`)?.scrollIntoView({ block: "center", behavior: "smooth" });
  }

  return (
    <div className="grid min-h-full lg:h-full lg:grid-rows-[auto_minmax(0,1fr)]">
      <div className="border-line border-b bg-surface">
        <CallHead call={call} />
        <div className="px-3 pt-2 pb-2 sm:px-4">
          <LiveTimeline detail={detail} chosenAt={chosenAt} onChoose={choose} />
        </div>
      </div>
      <div className="grid min-h-0 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="h-[70dvh] min-h-0 lg:h-auto">
          <Transcript
            items={items}
            from={from}
            isLive={!isOver}
            chosenId={chosen?.id ?? null}
            onChoose={setChosenAt}
          />
        </div>
        <aside
          aria-label="About this call"
          className="min-h-0 border-line bg-surface max-lg:border-t lg:overflow-y-auto lg:border-l"
        >
          {isOver && <ReportPanel call={call} report={report} />}
          <TalkPanel detail={detail} />
          <ToolsPanel toolCalls={toolCalls} />
          <ContextPanel conversation={conversation} />
          <IdsPanel call={call} />
        </aside>
      </div>
    </div>
  );
}
