"use client";

import {
  CircleCheck,
  CircleHelp,
  CircleX,
  Eye,
  type LucideIcon,
  PhoneMissed,
  TriangleAlert,
} from "lucide-react";
import { useNow } from "@/components/clock/clock";
import { AfterPanel } from "@/components/report/after-panel";
import { OutputsPanel, SummaryPanel } from "@/components/report/summary-panel";
import { CopyButton } from "@/components/ui/copy-button";
import { DataTree } from "@/components/ui/data-tree";
import { Figures } from "@/components/ui/figures";
import { Panel } from "@/components/ui/panel";
import { type Call, whenEnded } from "@/lib/calls/call";
import type { CallDetail } from "@/lib/calls/detail";
import {
  describeEndedReason,
  type EndedGroup,
  endedGroupLabels,
  toEndCode,
  unknownCauseLabel,
} from "@/lib/calls/ended-reason";
import type { Report, Scorecard } from "@/lib/calls/report";

/** The call's scores by rule, and where the points come from. */
export function ScorecardsPanel({ scorecards }: { scorecards: readonly Scorecard[] }) {
  if (scorecards.length === 0) return null;
  return (
    <Panel title="Scorecards">
      <ul className="grid gap-4">
        {scorecards.map(({ id, name, score, percent, points }) => (
          <li key={id} className="grid gap-1.5">
            <div className="flex items-baseline justify-between gap-4">
              <h3 className="min-w-0 break-words font-medium">{name ?? "Scorecard"}</h3>
              <span className="whitespace-nowrap">
                {percent === null ? `${score ?? "–"} points` : `${percent} of 100`}
              </span>
            </div>
            {percent !== null && (
              <div aria-hidden className="h-1.5 overflow-hidden rounded-full bg-hover">
                <div
                  className="h-full rounded-full bg-accent"
                  style={{ width: `${Math.min(100, Math.max(0, percent))}%` }}
                />
              </div>
            )}
            <Figures rows={points.map(({ of, points: won }) => [of, won] as const)} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Structured data that a model extracted from the call, to read and copy. */
export function DataPanel({ title, value }: { title: string; value: unknown }) {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return (
    <Panel title={title} aside={<CopyButton text={text} what={title.toLowerCase()} />}>
      <DataTree value={value} />
    </Panel>
  );
}

interface EndedStyle {
  Icon: LucideIcon;
  tone: string;
  label: string;
}

const groupStyles: Readonly<Record<EndedGroup, Omit<EndedStyle, "label">>> = {
  "ended-well": { Icon: CircleCheck, tone: "text-success" },
  "caller-gave-up": { Icon: PhoneMissed, tone: "text-waiting" },
  "our-fault": { Icon: TriangleAlert, tone: "text-danger" },
  "provider-fault": { Icon: CircleX, tone: "text-danger" },
};

/** The style of each kind of end: an icon and words, never colour alone. */
export function endedStyle(group: EndedGroup | null): EndedStyle {
  if (group === null) return { Icon: CircleHelp, tone: "text-muted", label: unknownCauseLabel };
  return { ...groupStyles[group], label: endedGroupLabels[group] };
}

/** Reports have been seen to arrive within 6 s of the end (Vapi); after this long, one counts as lost. */
const usualMs = 60_000;

/** Shown in place of a report: none yet, or none at all, and what the page is based on instead. */
export function OutcomeSource({ call }: { call: Call }) {
  const now = useNow();
  const endedAt = whenEnded(call);
  const isAwaited = endedAt !== null && now - Date.parse(endedAt) < usualMs;
  return (
    <div className="mt-3 flex items-start gap-2 rounded-md bg-hover p-2.5 text-xs">
      <Eye aria-hidden className="mt-0.5 size-3.5 shrink-0 text-muted" />
      <p>
        <strong className="font-medium">
          {isAwaited ? "The report is on its way." : "Rebuilt from live events."}
        </strong>{" "}
        {isAwaited
          ? "Until it arrives, this page shows the live events."
          : "Vapi sent no report, so summary, cost and evaluation are missing."}
      </p>
    </div>
  );
}

/** Why the call ended and who caused it, in plain words; and whether Vapi reported it or it is derived from the events. */
export function OutcomePanel({ call, report }: { call: Call; report: Report | null }) {
  const endCode = toEndCode(call);
  const reason = endCode ? describeEndedReason(endCode) : null;
  const style = reason && endedStyle(reason.group);
  return (
    <Panel title="End reason">
      {reason && style ? (
        <div className="flex items-start gap-2">
          <style.Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${style.tone}`} />
          <div className="min-w-0">
            <p className="break-words">{reason.words}</p>
            <p className={`text-xs ${style.tone}`}>{style.label}</p>
            <p className="break-all pt-1 font-mono text-[11px] text-muted">{call.endedReason}</p>
          </div>
        </div>
      ) : (
        <p className="text-muted">No reason given.</p>
      )}
      {!report && <OutcomeSource call={call} />}
    </Panel>
  );
}

/** Outcome of an ended call. Without a report, it is derived from the live events. Empty parts of a report are left out. */
export function ReportSummary({ detail: { call, report } }: { detail: CallDetail }) {
  return (
    <>
      <OutcomePanel call={call} report={report} />
      {report && (
        <>
          <SummaryPanel report={report} />
          {report.structuredData !== null && report.structuredData !== undefined && (
            <DataPanel title="Structured data" value={report.structuredData} />
          )}
          <OutputsPanel outputs={report.structuredOutputs} />
          <ScorecardsPanel scorecards={report.scorecards} />
          <AfterPanel report={report} />
        </>
      )}
    </>
  );
}
