"use client";

import { Tabs } from "@base-ui/react/tabs";
import dynamic from "next/dynamic";
import type { ComponentType } from "react";
import { CallAlertsPanel } from "@/components/alerts/call-alerts";
import { type CallTab, callTabs, useCallTab } from "@/components/calls/call-tab";
import { DialLink } from "@/components/calls/caller-number";
import { LiveAgo } from "@/components/clock/local-time";
import { Figures } from "@/components/ui/figures";
import { loadCode, withSuspense } from "@/components/ui/load-later";
import { Panel, Skeleton } from "@/components/ui/panel";
import { type Call, callerLabel, whenEnded } from "@/lib/calls/call";
import type { CallDetail } from "@/lib/calls/detail";

const loading = () => <Skeleton className="m-4 h-40" />;
// Only ended calls need these.
const ReportSummary = withSuspense(
  dynamic(() =>
    loadCode(() => import("@/components/report/report-panel")).then((module) => module.ReportSummary),
  ),
);
const ReviewPanel = withSuspense(
  dynamic(() =>
    loadCode(() => import("@/components/reports/review-panel")).then((module) => module.ReviewPanel),
  ),
);
// Tabs that are closed at first, loaded when opened.
const PerformanceTab = dynamic(
  () => loadCode(() => import("@/components/calls/performance-tab")).then((tab) => tab.PerformanceTab),
  { loading },
);
const EventsTab = dynamic(
  () => loadCode(() => import("@/components/calls/events-tab")).then((tab) => tab.EventsTab),
  {
    loading,
  },
);
const ContextTab = dynamic(
  () => loadCode(() => import("@/components/calls/context-tab")).then((tab) => tab.ContextTab),
  {
    loading,
  },
);
const CallerTab = dynamic(
  () => loadCode(() => import("@/components/calls/caller-tab")).then((tab) => tab.CallerTab),
  {
    loading,
  },
);

const directions = { inbound: "Inbound", outbound: "Outbound", web: "Web" } as const;

/** The facts of a call that are known from its first event. */
function FactsPanel({ call }: { call: Call }) {
  return (
    <Panel title="Call">
      <Figures
        rows={[
          ["Direction", call.direction && directions[call.direction]],
          [callerLabel(call), call.customerNumber && <DialLink key="number" number={call.customerNumber} />],
          ["Our number", call.phoneNumber && <DialLink key="ours" number={call.phoneNumber} />],
          ["Started", <LiveAgo key="at" at={call.startedAt ?? call.createdAt} />],
        ]}
      />
    </Panel>
  );
}

interface CallSideProps {
  detail: CallDetail;
  /** Epoch ms: scrolls a moment of the call into view. */
  onChoose: (at: number) => void;
}

type TabView = ComponentType<CallSideProps>;

/** The tabs by their name in the URL. */
const tabs = {
  summary: { label: "Summary", View: SummaryTab },
  performance: { label: "Performance", View: PerformanceTab },
  context: { label: "Context", View: ({ detail }) => <ContextTab detail={detail} /> },
  events: { label: "Events", View: EventsTab },
  caller: { label: "Caller", View: ({ detail: { call } }) => <CallerTab call={call} /> },
} as const satisfies Record<CallTab, { label: string; View: TabView }>;

function SummaryTab({ detail }: CallSideProps) {
  const { alerts, call } = detail;
  const isOver = whenEnded(call) !== null;
  return (
    <>
      {isOver && <ReportSummary detail={detail} />}
      <CallAlertsPanel alerts={alerts} />
      <FactsPanel call={call} />
      {isOver && <ReviewPanel callId={call.id} />}
    </>
  );
}

/** Everything about a call apart from the transcript, in tabs; the URL holds the open tab. */
export function CallSide({ detail, onChoose }: CallSideProps) {
  const [tab, setTab] = useCallTab();
  const { View } = tabs[tab];
  return (
    <aside
      aria-label="About this call"
      className="min-h-0 border-line bg-surface max-lg:border-t lg:border-l"
    >
      <Tabs.Root
        value={tab}
        onValueChange={(next: CallTab) => setTab(next)}
        className="grid h-full min-h-0 grid-rows-[auto_minmax(0,1fr)]"
      >
        <Tabs.List
          activateOnFocus
          className="flex overflow-x-auto border-line border-b px-1 sm:px-2 [scrollbar-width:none]"
        >
          {callTabs.map((name) => (
            <Tabs.Tab
              key={name}
              value={name}
              className="h-9 grow whitespace-nowrap border-transparent border-b-2 px-1.5 font-medium text-muted text-xs outline-offset-[-3px] hover:text-ink data-active:border-accent data-active:text-ink max-sm:h-11"
            >
              {name === "caller" ? callerLabel(detail.call) : tabs[name].label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} className="relative min-h-0 outline-offset-[-3px] lg:overflow-y-auto">
          <View detail={detail} onChoose={onChoose} />
        </Tabs.Panel>
      </Tabs.Root>
    </aside>
  );
}
