"use client";

import { ArrowLeft, ChevronDown, ChevronUp } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { AssistantName } from "@/components/calls/assistant-name";
import { useCallTab } from "@/components/calls/call-tab";
import { CallerNumber, DialLink } from "@/components/calls/caller-number";
import { type ListName, useListTrail } from "@/components/calls/list-trail";
import { LiveDuration, LiveState } from "@/components/calls/live-state";
import { Watchers } from "@/components/calls/watchers";
import { IconButton, IconLink } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { useKeys } from "@/components/ui/use-keys";
import { type Call, callTitle } from "@/lib/calls/call";
import { formatCost } from "@/lib/format";
import { useCallWatchers } from "@/lib/realtime/client/watchers";

/** Names of the lists on the Back button. */
const listNames: Readonly<Record<ListName, string>> = {
  Live: "live board",
  Alerts: "alerts",
  Reports: "reports",
  Conversations: "conversation",
  Events: "events",
};

interface CallHeadProps {
  call: Call;
  /** The call's actions, at the end of the row. */
  children?: ReactNode;
}

/** The call's header: title, state and other viewers, in one row on a laptop. */
export function CallHead({ call, children }: CallHeadProps) {
  const { customerName, customerNumber } = call;
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-3 py-2 sm:px-4">
      <div className="flex min-w-0 items-center gap-1 max-sm:[&_a:has(svg)]:size-11">
        <ListSteps callId={call.id} />
        <div className="grid min-w-0 pl-1">
          <h1 className="flex min-w-0 items-center gap-1 font-semibold text-xl leading-6">
            <bdi className="truncate">
              {customerName || !customerNumber ? callTitle(call) : <DialLink number={customerNumber} />}
            </bdi>
            {customerNumber && !customerName && <CopyButton text={customerNumber} what="number" />}
          </h1>
          {customerName && customerNumber && (
            <span className="flex h-4 min-w-0 items-center gap-1 text-muted text-xs">
              <CallerNumber call={call} canDial />
              <CopyButton text={customerNumber} what="number" />
            </span>
          )}
        </div>
      </div>
      <LiveState call={call} />
      <dl className="flex min-w-0 flex-wrap gap-x-4 gap-y-1 max-sm:text-xs">
        <Fact name="Length">
          <LiveDuration call={call} />
        </Fact>
        <Fact name="Assistant">
          <AssistantName call={call} />
        </Fact>
        {call.costUsd !== null && <Fact name="Cost">{formatCost(call.costUsd)}</Fact>}
      </dl>
      <Watchers people={useCallWatchers(call.id)} />
      <div className="ml-auto flex flex-wrap items-center gap-1">{children}</div>
    </header>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 gap-1.5">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 max-w-56 truncate">{children}</dd>
    </div>
  );
}

/** Links back to the list the viewer came from, and to the previous and next call in it. */
function ListSteps({ callId }: { callId: string }) {
  const trail = useListTrail(callId);
  const router = useRouter();
  const place = trail?.ids.indexOf(callId) ?? -1;
  const toPath = (id: string | undefined) => (id === undefined ? null : (`/calls/${id}` as Route));
  const [previous, next] = [toPath(trail?.ids[place - 1]), toPath(trail?.ids[place + 1])];
  const [tab, setTab] = useCallTab();
  async function go(path: Route | null) {
    if (path === null) return;
    // A newly opened tab is written to the URL a moment later, which would cancel a navigation already under way.
    if (tab !== (new URLSearchParams(location.search).get("tab") ?? "summary")) await setTab(tab);
    // The rest of the query (a moment, a marked line) is about this call alone.
    const query = tab === "summary" ? "" : `?tab=${tab}`;
    router.push((path + query) as Route);
  }
  useKeys([
    [["["], () => go(previous)],
    [["]"], () => go(next)],
  ]);
  return (
    <>
      <IconLink label={`Back to ${listNames[trail?.list ?? "Live"]}`} href={(trail?.href ?? "/") as Route}>
        <ArrowLeft aria-hidden />
      </IconLink>
      {trail && trail.ids.length > 1 && (
        <>
          <IconButton label="Previous call" shortcut="[" disabled={!previous} onClick={() => go(previous)}>
            <ChevronUp aria-hidden />
          </IconButton>
          <IconButton label="Next call" shortcut="]" disabled={!next} onClick={() => go(next)}>
            <ChevronDown aria-hidden />
          </IconButton>
          <span className="whitespace-nowrap pr-1 text-muted text-xs max-sm:hidden">
            {place + 1} of {trail.ids.length}
          </span>
        </>
      )}
    </>
  );
}
