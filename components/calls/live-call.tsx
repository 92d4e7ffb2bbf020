"use client";

import Link from "next/link";
import { CallAlertsPanel } from "@/components/alerts/call-alerts";
import { CallHead } from "@/components/calls/call-head";
import { CallShare } from "@/components/calls/call-share";
import { CallUnavailable } from "@/components/calls/call-unavailable";
import { IdsPanel } from "@/components/calls/ids-panel";
import { TalkPanel } from "@/components/calls/talk-panel";
import { useCallDetail } from "@/components/calls/use-call-detail";
import { useCallView } from "@/components/calls/use-call-view";
import { ContextEditor } from "@/components/conversations/context-editor";
import { RecordingBar } from "@/components/player/recording-bar";
import { ReportPanel } from "@/components/report/report-panel";
import { ReviewPanel } from "@/components/reports/review-panel";
import { LiveTimeline } from "@/components/timeline/timeline";
import { Transcript } from "@/components/transcript/transcript";
import { Panel } from "@/components/ui/panel";
import { callerWord, whenEnded } from "@/lib/calls/call";
import type { CallDetail } from "@/lib/calls/detail";
import { callDetailQuery } from "@/lib/calls/detail-query";
import type { ToolCall } from "@/lib/calls/parts";
import { formatSeconds } from "@/lib/format";
import { applyPushToDetail } from "@/lib/live/apply-to-detail";
import { useChannel } from "@/lib/realtime/client/query-feed";
import { conversationChannel } from "@/lib/realtime/push";

/** What all events of the call's conversation share, as it changes; and for those who may, to change. */
export function ContextPanel({ detail: { call, conversation } }: { detail: CallDetail }) {
  const { uuid, name, version } = conversation;
  useChannel<CallDetail>(conversationChannel(uuid), callDetailQuery(call.id).queryKey, applyPushToDetail);
  return (
    <Panel title="Context" aside={`version ${version}`}>
      <p className="pb-2">
        <Link href={`/conversations/${uuid}`} className="wrap-anywhere text-accent underline">
          {name ?? "Open conversation"}
        </Link>
      </p>
      <ContextEditor uuid={uuid} known={conversation} />
    </Panel>
  );
}

/** The tools used on this call and how long each took. */
export function ToolsPanel({ toolCalls }: { toolCalls: readonly ToolCall[] }) {
  if (toolCalls.length === 0) return null;
  return (
    <Panel title="Tools" aside={`${toolCalls.length} calls`}>
      <ul className="grid gap-1.5">
        {toolCalls.map(({ id, name, askedAt, answeredAt, error }) => (
          <li key={id} className="flex justify-between gap-4">
            <span className="truncate">{name}</span>
            <span
              className={error === null ? "whitespace-nowrap text-muted" : "whitespace-nowrap text-danger"}
            >
              {error !== null && "failed, "}
              {answeredAt ? formatSeconds(Date.parse(answeredAt) - Date.parse(askedAt)) : "waiting"}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

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
          <Transcript
            items={items}
            from={from}
            caller={callerWord(detail.call)}
            isLive={isLive}
            chosenId={chosenId}
            onChoose={choose}
          />
        </div>
        <CallSide detail={detail} onChoose={show} />
      </div>
    </div>
  );
}
