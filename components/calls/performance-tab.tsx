"use client";

import { TalkPanel } from "@/components/calls/talk-panel";
import { CostSplit } from "@/components/report/after-panel";
import { HangsPanel } from "@/components/report/hangs-panel";
import { LatencyPanel } from "@/components/report/latency-panel";
import { Panel } from "@/components/ui/panel";
import type { CallDetail } from "@/lib/calls/detail";
import type { ToolCall } from "@/lib/calls/parts";
import { formatCount, formatSeconds } from "@/lib/format";

/** The tools used on this call and how long each took. */
function ToolsPanel({ toolCalls }: { toolCalls: readonly ToolCall[] }) {
  if (toolCalls.length === 0) return null;
  return (
    <Panel title="Tools" aside={formatCount(toolCalls.length, "call")}>
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

interface ReportPerformanceProps {
  detail: CallDetail;
  /** Epoch ms. */
  onChoose: (at: number) => void;
}

/** How long the caller waited and for what, and what the call cost. */
export function ReportPerformance({ detail, onChoose }: ReportPerformanceProps) {
  const { call, report } = detail;
  return (
    <>
      <HangsPanel detail={detail} onChoose={onChoose} />
      {report?.latency && <LatencyPanel latency={report.latency} />}
      {report && <CostSplit report={report} totalUsd={call.costUsd} />}
    </>
  );
}

/** Talk time and response times of a live or ended call. */
export function PerformanceTab({ detail, onChoose }: ReportPerformanceProps) {
  return (
    <>
      <TalkPanel detail={detail} />
      <ReportPerformance detail={detail} onChoose={onChoose} />
      <ToolsPanel toolCalls={detail.toolCalls} />
    </>
  );
}
